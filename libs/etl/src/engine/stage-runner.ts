import type { StageHeartbeat } from '../messages.js';
import type { Query, Session, Source } from '../source.js';
import type { IdentityDirectory, RunLedger, StoredUnit } from '../store/types.js';
import { Committer } from './committer.js';
import { describeError } from './describe-error.js';
import { FailureTally } from './failure-tally.js';
import type { StageMetrics } from './metrics.js';
import { PageTransformer } from './page-transformer.js';
import { Pulse } from './pulse.js';
import { RunSubjects } from './run-subjects.js';
import { UnitFeed } from './unit-feed.js';
import { UnitReader } from './unit-reader.js';
import { verdictOf } from './unit-error.js';

/** How often a unit is put back before it has failed. */
const PUT_BACK_TIMES = 5;

export interface StageOptions {
  readonly source: Source;
  readonly session: Session<unknown>;
  readonly query: Query;
  readonly stage: string;
  readonly ledger: RunLedger;
  readonly identities: IdentityDirectory;
  /** Units read at a time. */
  readonly lanes: number;
  /** First wait before a unit is tried again, in milliseconds; each further one is four times as long. */
  readonly retryMs: number;
  readonly startedAt: number;
  /** Last key of the units that failed in a row in the attempt before. */
  readonly after: string | undefined;
  readonly signal: AbortSignal;
  readonly heartbeat: (details: StageHeartbeat) => void;
  readonly scrub: (text: string) => string;
  readonly metrics: StageMetrics;
}

/**
 * Reads all units of a stage with several lanes, and loads what they bring. Returns when every unit has ended, well or
 * badly. Throws when the source fails for many units in a row, when the database does, and when it is aborted; the
 * ledger then says where the next attempt goes on.
 */
export async function runStage(options: StageOptions): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const { ledger, stage, metrics } = options;
  const pulse = await Pulse.start(stage, ledger, options.heartbeat);
  const committer = new Committer(ledger, async (pages, counts) => {
    metrics.committed(pages, counts);
    await pulse.loaded(counts);
  });
  const runner = await StageRunner.create({ ...options, signal }, pulse, committer);
  const lanes = Array.from({ length: options.lanes }, async () => {
    try {
      await runner.lane();
    } catch (error) {
      // The first lane to fail ends the others, so that nothing is read any more when the error is reported.
      stop.abort(error);
      throw error;
    }
  });
  try {
    await Promise.all(lanes);
  } catch (error) {
    await committer.end(error);
    await Promise.allSettled(lanes);
    pulse.last();
    throw error;
  }
}

class StageRunner {
  readonly #tally: FailureTally;

  private constructor(
    private readonly options: StageOptions,
    private readonly pulse: Pulse,
    private readonly feed: UnitFeed,
    private readonly reader: UnitReader,
  ) {
    this.#tally = new FailureTally(Math.max(2, options.lanes));
  }

  static async create(options: StageOptions, pulse: Pulse, committer: Committer): Promise<StageRunner> {
    const { ledger, session, source, query, stage, signal } = options;
    const feed = new UnitFeed({ ledger, stage, signal, after: options.after, onWait: () => pulse.beat() });
    const subjects = await RunSubjects.of(ledger);
    const transformer = new PageTransformer({
      session,
      sourceKindId: source.sourceKindId,
      window: query.window,
      identities: options.identities,
      subjects: () => subjects.current,
    });
    const reader = new UnitReader({ source, session, query, stage, ledger, signal, transformer, committer, subjects, feed, pulse });
    return new StageRunner(options, pulse, feed, reader);
  }

  /** Takes unit after unit until none is left. */
  async lane(): Promise<void> {
    for (let unit = await this.feed.next(); unit; unit = await this.feed.next()) await this.#read(unit);
  }

  async #read(unit: StoredUnit): Promise<void> {
    const { ledger, metrics, startedAt } = this.options;
    const counted = this.#tally.take(unit.key);
    for (let times = 0; times < counted; times++) await ledger.putBack(unit.key);
    if (unit.since !== undefined && unit.cursor === undefined) metrics.resumed(unit.since, startedAt);
    const failure = await this.reader.read(unit, () => this.#tally.success(unit.key));
    if (failure) return this.#failed(unit, unit.attempts + counted, failure.error);
    this.#tally.forget(unit.key);
    metrics.unitEnded('done');
    this.feed.ended(unit.key);
  }

  async #failed(unit: StoredUnit, attempts: number, error: unknown): Promise<void> {
    const { ledger, retryMs, scrub, metrics } = this.options;
    const verdict = verdictOf(error);
    if (verdict.endsRun) throw error;
    if (verdict.recovery === 'retry') {
      const failures = this.#tally.failure(unit.key);
      this.pulse.passOver(this.#tally.lastSuspect);
      if (this.#tally.sourceFails) throw error;
      if (attempts + failures <= PUT_BACK_TIMES) {
        metrics.putBack();
        this.pulse.beat();
        this.feed.putBack(unit.key, Math.max(retryMs * 4 ** (attempts + failures - 1), verdict.retryAfterMs));
        return;
      }
    }
    await ledger.end({ unit: unit.key, outcome: verdict.outcome, ...describeError(error, scrub) });
    // An answer that refuses one unit shows that the source is there.
    if (verdict.recovery !== 'retry') this.#tally.success(unit.key);
    this.#tally.forget(unit.key);
    metrics.unitEnded(verdict.outcome);
    this.pulse.beat();
    this.feed.ended(unit.key);
  }
}

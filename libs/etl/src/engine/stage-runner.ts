import { ETL_UNIT_GIVEN_UP } from '../errors.js';
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
/** Units that each lane still tries in vain, one after the other, before the rest of a stage is given up untried. */
const LAST_TRIES = 10;
/** Longest time between heartbeats while something is awaited, in milliseconds. */
const BEAT_MS = 5_000;

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
  /** Attempts in a row before this one in which the source gave nothing. */
  readonly idle: number;
  /** Attempts in a row in which the source gives nothing, after which it is not waited for any more. */
  readonly patience: number;
  /** Whether no other attempt comes after this one. */
  readonly isLast: boolean;
  /** Milliseconds without a page or a sign of life after which a unit is tried again. */
  readonly silenceMs: number;
  /** Milliseconds after which a worker that has not beaten is taken for dead. */
  readonly heartbeatTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly heartbeat: (details: StageHeartbeat) => void;
  readonly scrub: (text: string) => string;
  readonly metrics: StageMetrics;
}

/** Ends the lanes of a stage whose remaining units are given up. */
class GivenUp extends Error {
  constructor(readonly code: string) {
    super('What is left of the stage is given up');
  }
}

/**
 * Reads all units of a stage with several lanes, and loads what they bring. Returns when every unit has ended, well or
 * badly. Throws when the source fails for many units in a row, when the database does, and when it is aborted; the
 * ledger then says where the next attempt goes on. A source that was waited for long enough makes its units fail instead.
 */
export async function runStage(options: StageOptions): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const { ledger, stage, metrics } = options;
  const beatMs = Math.min(BEAT_MS, options.heartbeatTimeoutMs / 4);
  const pulse = await Pulse.start({ ...options, beatMs });
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
    if (!(error instanceof GivenUp)) throw error;
    const given = ETL_UNIT_GIVEN_UP({ attempts: options.idle + 1, stage, code: error.code });
    await pulse.during(ledger.endRest(stage, { outcome: 'failed', code: given.code, message: given.message }));
  }
}

class StageRunner {
  readonly #tally: FailureTally;
  /** Units ended since the source was given up. */
  #givenUp = 0;
  /** The source has given nothing in the last attempt: what fails now has failed. */
  #givingUp = false;
  #answered = false;

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
    const feed = new UnitFeed({ ledger, stage, signal, after: options.after, });
    const subjects = await RunSubjects.of(ledger);
    const transformer = new PageTransformer({
      session,
      sourceKindId: source.sourceKindId,
      window: query.window,
      identities: options.identities,
      subjects: () => subjects.current,
    });
    const reader = new UnitReader({ source, session, query, stage, ledger, signal, transformer, committer, subjects, feed, pulse, silenceMs: options.silenceMs });
    return new StageRunner(options, pulse, feed, reader);
  }

  /** Takes unit after unit until none is left. */
  async lane(): Promise<void> {
    for (let unit = await this.#next(); unit; unit = await this.#next()) await this.#read(unit);
  }

  /** Waits for other lanes and for units that were put back are as long as an error may ask at most. */
  #next(): Promise<StoredUnit | undefined> {
    return this.pulse.during(this.feed.next());
  }

  async #read(unit: StoredUnit): Promise<void> {
    const { ledger, metrics, startedAt } = this.options;
    const counted = this.#tally.take(unit.key);
    for (let times = 0; times < counted; times++) await ledger.putBack(unit.key);
    if (unit.since !== undefined && unit.cursor === undefined) metrics.resumed(unit.since, startedAt);
    const failure = await this.reader.read(unit, () => this.#succeeded(unit.key));
    if (failure) return this.#failed(unit, unit.attempts + counted, failure.error);
    this.#tally.forget(unit.key);
    metrics.unitEnded('done');
    this.feed.ended(unit.key);
  }

  /** The source has answered for the unit, be it with a refusal. */
  #succeeded(key: string): void {
    this.#answered = true;
    this.#givingUp = false;
    this.#givenUp = 0;
    this.#tally.success(key);
    this.pulse.sourceGave(true);
  }

  async #failed(unit: StoredUnit, attempts: number, error: unknown): Promise<void> {
    const { ledger, retryMs, scrub, metrics } = this.options;
    const verdict = verdictOf(error);
    if (verdict.endsRun) throw error;
    if (verdict.recovery === 'retry') {
      const failures = this.#tally.failure(unit.key);
      this.pulse.passOver(this.#tally.lastSuspect);
      if (this.#tally.sourceFails) this.#sourceFails(error);
      if (!this.#givingUp && attempts + failures <= PUT_BACK_TIMES) {
        metrics.putBack();
        this.pulse.beat();
        this.feed.putBack(unit.key, Math.max(retryMs * 4 ** (attempts + failures - 1), verdict.retryAfterMs));
        return;
      }
    }
    const described = describeError(error, scrub);
    await ledger.end({ unit: unit.key, outcome: verdict.outcome, ...described });
    if (verdict.recovery !== 'retry') this.#succeeded(unit.key);
    this.#tally.forget(unit.key);
    metrics.unitEnded(verdict.outcome);
    this.pulse.beat();
    this.feed.ended(unit.key);
    if (this.#givingUp && ++this.#givenUp >= LAST_TRIES * this.options.lanes) throw new GivenUp(described.code);
  }

  /** Leaves the waiting to Temporal; after enough of it what fails from now on has failed, unless the source comes back. */
  #sourceFails(error: unknown): void {
    const { idle, patience, isLast } = this.options;
    this.#givingUp = isLast || (!this.#answered && idle + 1 >= patience);
    if (this.#givingUp) return;
    if (!this.#answered) this.pulse.sourceGave(false);
    throw error;
  }
}

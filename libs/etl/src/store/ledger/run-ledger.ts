import { sql, type Transaction } from 'kysely';
import type { EventCounts, SubjectReport } from '@tributary/workflow-contracts/etl';
import { isTolerable } from '../../quarantine.js';
import type { Json, Unit } from '../../source.js';
import type { Tables } from '../database/tables.js';
import { formatInstant, parseInstant } from '../../time/instant.js';
import { hasChangedIdentities, reattribute } from '../events/reattribute.js';
import type { PageCommit, RunDescription, RunLedger, RunTotals, StoredUnit, UnitEnd } from '../types.js';
import { closeRun } from './close-run.js';
import { keepMarks, keepMemory } from './keep.js';
import { countDone, loadPages } from './load-pages.js';
import { readQuarantine, readReport } from './read-report.js';
import { addCounters, lockRun, type OpenRun, type RunCounters } from './run-row.js';
import { settleSubjects, settleTotals } from './settle.js';
import { changeUnits, checkVersions, lockUnits, type LockedUnit, type UnitChange } from './unit-changes.js';
import { addSubjects, addUnits, pendingUnits } from './units.js';

const NONE = { done: 0, private: 0, gone: 0, failed: 0 };
const NO_EVENTS: EventCounts = { inserted: 0, updated: 0, unchanged: 0 };

/** Longer than what was looked up is taken for known, in microseconds, and clocks differ. */
const IDENTITIES_KNOWN = 5n * 60n * 1_000_000n;

type Changed<T> = (transaction: Transaction<Tables>, counters: RunCounters, locked: ReadonlyMap<string, LockedUnit>) => Promise<T>;

/** The ledger of one run, for one attempt. */
export class PostgresRunLedger implements RunLedger {
  /** Version of each unit as this attempt knows it. */
  readonly #versions = new Map<string, number>();
  /** The run's row is locked by every change: one after the other they need one connection, not one each. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly open: OpenRun) {}

  get run(): RunDescription {
    return this.open.run;
  }

  async add(units: readonly Unit[]): Promise<void> {
    if (units.length === 0) return;
    await this.#write('adding units', async (transaction) => {
      const counters = await lockRun(transaction, this.open);
      await addSubjects(transaction, this.open, [...new Set(units.flatMap(({ subjects }) => subjects))]);
      await addCounters(transaction, this.open, counters, { stages: await addUnits(transaction, this.open, units) });
    });
  }

  async pending(stage: string, limit: number, after?: string): Promise<readonly StoredUnit[]> {
    const found = await pendingUnits(this.open, stage, limit, after);
    for (const { unit, version } of found) {
      // What is read here may be older than a change that has come through meanwhile.
      if (version > (this.#versions.get(unit.key) ?? -1)) this.#versions.set(unit.key, version);
    }
    return found.map(({ unit }) => unit);
  }

  async commit(pages: readonly PageCommit[]): Promise<EventCounts> {
    if (pages.length === 0) return NO_EVENTS;
    const keys = [...new Set(pages.map(({ unit }) => unit))];
    const counts = await this.#change('loading events', keys, (transaction, counters, locked) =>
      loadPages(transaction, this.open, counters, locked, pages),
    );
    for (const { unit, cursor } of pages) if (cursor === undefined) this.#versions.delete(unit);
    return counts;
  }

  putBack(unit: string): Promise<void> {
    return this.#change('putting a unit back', [unit], async (transaction, _, locked) => {
      const { attempts = 0, cursor = null } = locked.get(unit) ?? {};
      const change: UnitChange = { key: unit, state: 'pending', cursor, attempts: attempts + 1, code: null, message: null };
      await changeUnits(transaction, this.open, [change]);
    });
  }

  async end({ unit, outcome, code, message }: UnitEnd): Promise<void> {
    await this.#change('ending a unit', [unit], async (transaction, counters, locked) => {
      const { attempts = 0, stage = '', cursor = null } = locked.get(unit) ?? {};
      await changeUnits(transaction, this.open, [{ key: unit, state: outcome, cursor, attempts, code, message }]);
      const stages = new Map<string, { done: number; total: number }>();
      countDone(stages, stage);
      await addCounters(transaction, this.open, counters, { stages });
    });
    this.#versions.delete(unit);
  }

  async endRest(stage: string, { outcome, code, message }: Omit<UnitEnd, 'unit'>): Promise<void> {
    await this.#write('ending what is left of a stage', async (transaction) => {
      const counters = await lockRun(transaction, this.open);
      const { numUpdatedRows } = await transaction
        .updateTable('flow_units')
        .set({ state: outcome, code, message, version: sql<number>`version + 1` })
        .where('run_id', '=', this.open.id)
        .where('stage', '=', stage)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      const stages = new Map([[stage, { done: Number(numUpdatedRows), total: 0 }]]);
      await addCounters(transaction, this.open, counters, { stages });
    });
  }

  async recall(keys: readonly string[]): Promise<ReadonlyMap<string, Json>> {
    const { connection, run } = this.open;
    if (!run.incremental || keys.length === 0) return new Map();
    const rows = await connection.read('recalling what earlier runs knew', (db) =>
      db
        .selectFrom('flow_memory')
        .select(['key', 'value'])
        .where('source_kind_id', '=', run.sourceKindId)
        .where('scope', '=', run.scope)
        .where('key', '=', (is) => is.fn.any(is.val([...keys])))
        .execute(),
    );
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  async subjects(): Promise<ReadonlySet<string>> {
    const { connection, id } = this.open;
    const rows = await connection.read('reading the subjects', (db) =>
      db.selectFrom('flow_subjects').select(['subject', 'renamed_to']).where('run_id', '=', id).execute(),
    );
    return new Set(rows.map(({ subject, renamed_to }) => renamed_to ?? subject));
  }

  async progress(stage: string): Promise<{ readonly done: number; readonly total: number; readonly events: EventCounts }> {
    const { inserted, updated, unchanged, stages } = await this.#row();
    const { done = 0, total = 0 } = stages[stage] ?? {};
    return { done, total, events: { inserted, updated, unchanged } };
  }

  async totals(): Promise<RunTotals> {
    await this.#settle();
    const { inserted, updated, unchanged, types, records, quarantined, subjects, units } = await this.#row();
    return { events: { inserted, updated, unchanged }, types, records, quarantined, subjects: { ...NONE, ...subjects }, units: { ...NONE, ...units } };
  }

  async *report(): AsyncIterable<SubjectReport> {
    await this.#settle();
    yield* readReport(this.open);
  }

  quarantined(): AsyncIterable<{ readonly unit: string; readonly record: string; readonly code: string; readonly message: string }> {
    return readQuarantine(this.open);
  }

  async finish(outcome: 'done' | 'failed'): Promise<void> {
    const { connection, run } = this.open;
    const since = formatInstant(parseInstant(run.startedAt) - IDENTITIES_KNOWN);
    if (await hasChangedIdentities(connection, run.sourceKindId, since)) await reattribute(connection, run.sourceKindId, { since });
    await this.#write('ending the run', async (transaction) => {
      const counters = await lockRun(transaction, this.open, { closed: true });
      if (counters.closed) return;
      const tolerable = isTolerable(counters, run.quarantineThreshold);
      await settleSubjects(transaction, this.open, tolerable);
      await settleTotals(transaction, this.open);
      if (run.incremental) {
        await keepMarks(transaction, this.open, tolerable);
        await keepMemory(transaction, this.open, tolerable);
      }
      await closeRun(transaction, this.open, outcome);
    });
  }

  /** Brings the rows that reports are read from up to date; those of an ended run are final. */
  #settle(): Promise<void> {
    return this.#write('summing up the run', async (transaction) => {
      const counters = await lockRun(transaction, this.open, { closed: true });
      if (counters.closed) return;
      await settleSubjects(transaction, this.open, isTolerable(counters, this.open.run.quarantineThreshold));
      await settleTotals(transaction, this.open);
    });
  }

  #row() {
    const { connection, id } = this.open;
    return connection.read('reading the run', (db) => db.selectFrom('flow_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  }

  /**
   * Changes units, each exactly once: when the answer to a commit was lost, the next try finds their versions one ahead,
   * and the result of the lost one stands.
   */
  async #change<T>(what: string, keys: readonly string[], body: Changed<T>): Promise<T> {
    let made: { readonly result: T } | undefined;
    const result = await this.#write(what, async (transaction) => {
      const counters = await lockRun(transaction, this.open);
      const locked = await lockUnits(transaction, this.open, keys);
      if (checkVersions(this.open, locked, this.#versions, keys, made !== undefined) === 'landed' && made) return made.result;
      made = { result: await body(transaction, counters, locked) };
      return made.result;
    });
    for (const key of keys) this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1);
    return result;
  }

  #write<T>(what: string, body: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.open.connection.transaction(what, body));
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

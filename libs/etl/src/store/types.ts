import type { Event, EventCounts, Outcome, OutcomeCounts, SubjectReport } from '@tributary/workflow-contracts/etl';
import type { Json, Unit, Window } from '../source.js';

/** A unit as the ledger has it. */
export interface StoredUnit extends Unit {
  /** Where it goes on; undefined at its beginning. */
  readonly cursor: Json | undefined;
  /** Its mark when it was added, of the last run that ended well; undefined when there is none or the run is not incremental. */
  readonly since: string | undefined;
  /** How often it was put back since its last page. */
  readonly attempts: number;
}

/** A property of the events of a type whose value is an employee id, or a list of them. */
export interface PeopleProperty {
  readonly type: string;
  readonly property: string;
}

/** What one page of a unit brought, ready to be loaded. */
export interface PageCommit {
  readonly unit: string;
  /** How many records it had. */
  readonly records: number;
  readonly events: readonly Event[];
  /** Properties of its events that hold people. */
  readonly people: readonly PeopleProperty[];
  /** When it was read, by `performance.now()`: an older reading does not undo what a newer one has loaded. */
  readonly readAt: number;
  /** They are read on behalf of the subjects of the unit that discovered them, too. */
  readonly discovered: readonly Unit[];
  /** Undefined: the unit is done. */
  readonly cursor: Json | undefined;
  /** What the next incremental run shall know, kept when the unit and all that it discovered ended well. */
  readonly remember: readonly { readonly key: string; readonly value: Json }[];
  readonly quarantined: readonly { readonly record: string; readonly code: string; readonly message: string }[];
  readonly renamed?: { readonly subject: string; readonly to: string };
}

/** How a unit ended badly. */
export interface UnitEnd {
  readonly unit: string;
  readonly outcome: Exclude<Outcome, 'done'>;
  readonly code: string;
  readonly message: string;
}

export interface RunDescription {
  /** Workflow id and first run id. */
  readonly key: string;
  readonly sourceKindId: string;
  readonly queryType: string;
  readonly summary: Readonly<Record<string, Json>>;
  readonly window: Window;
  readonly scope: string;
  readonly incremental: boolean;
  /** Fraction of the run's records, 0 to 1, that may be put aside without a loss. */
  readonly quarantineThreshold: number;
  /** When the run started, RFC 3339: the mark that its units leave. */
  readonly startedAt: string;
}

/** Sums of a run. What is still pending counts as failed: it was not read. */
export interface RunTotals {
  readonly events: EventCounts;
  readonly types: Readonly<Record<string, number>>;
  readonly subjects: OutcomeCounts;
  readonly units: OutcomeCounts;
  readonly records: number;
  readonly quarantined: number;
}

/**
 * What a run has done and has still to do, in PostgreSQL beside the events. Every change of it is one transaction with
 * what it speaks of, so a killed worker goes on where its last commit was. An attempt that was superseded by a later
 * one can write nothing any more (ETL_RUN_SUPERSEDED).
 */
export interface RunLedger {
  readonly run: RunDescription;
  /** Adds units; those already there are merged. */
  add(units: readonly Unit[]): Promise<void>;
  /** Units of a stage that are still to be read, in order of their keys, after the key `after`. */
  pending(stage: string, limit: number, after?: string): Promise<readonly StoredUnit[]>;
  /**
   * Loads pages in one transaction, each exactly once, whatever happens to the connection; events of one id within it
   * count as one, and the one that was read last is loaded. An event that the run has inserted or corrected before is not
   * counted again. The unit must be pending and as this ledger has handed it out or left it.
   * @throws CodedError ETL_LEDGER_CONFLICT, ETL_RUN_SUPERSEDED, ETL_RUN_CLOSED, ETL_DATABASE_…
   */
  commit(pages: readonly PageCommit[]): Promise<EventCounts>;
  /** Notes that a unit was put back. */
  putBack(unit: string): Promise<void>;
  end(unit: UnitEnd): Promise<void>;
  /** Ends all units of a stage that are still to be read. */
  endRest(stage: string, how: Omit<UnitEnd, 'unit'>): Promise<void>;
  recall(keys: readonly string[]): Promise<ReadonlyMap<string, Json>>;
  /** Names of the run's subjects, as the source has them now. */
  subjects(): Promise<ReadonlySet<string>>;
  progress(stage: string): Promise<{ readonly done: number; readonly total: number; readonly events: EventCounts }>;
  totals(): Promise<RunTotals>;
  /**
   * How reading each subject ended, in order of their names: `failed` when a unit read on its behalf failed, is pending or
   * has put a record aside in a run that put too many aside; `gone` or `private` when nothing could be read on its behalf; `done` otherwise.
   */
  report(): AsyncIterable<SubjectReport>;
  quarantined(): AsyncIterable<{ readonly unit: string; readonly record: string; readonly code: string; readonly message: string }>;
  /**
   * Gives events that were loaded under ids which identities have meanwhile replaced the new ones. Keeps marks and memory of what ended well with all that it led to, if the run is incremental; closes the run's row, and
   * deletes its units. Totals and reports stay. Repeating it changes nothing.
   */
  finish(outcome: 'done' | 'failed'): Promise<void>;
}

/** Who a source's name of a person stands for. Unknown names get a keyed hash, so that a dictionary gives nothing away. */
export interface IdentityDirectory {
  /** Employee id of each name. */
  resolve(sourceKindId: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Events of one type in one week. */
export interface EventCount {
  /** Monday of the UTC week, `YYYY-MM-DD`. */
  readonly week: string;
  readonly type: string;
  readonly count: number;
}

/** The events database. */
export interface EventDatabase {
  /** Brings the schema to this version, or checks it. @throws CodedError ETL_SCHEMA_NEWER, ETL_SCHEMA_OUTDATED, ETL_DATABASE_UNREACHABLE */
  prepare(options: { readonly migrate: boolean }): Promise<void>;
  /**
   * Opens the ledger of a run, new or begun; from then on attempts with a smaller number are superseded. Numbers must grow
   * over all activities of the run, not only over the attempts of one.
   * @throws CodedError ETL_RUN_SUPERSEDED
   */
  openRun(run: RunDescription, attempt: number): Promise<RunLedger>;
  /**
   * Closes one run that nobody has touched for 31 days, as when its workflow was terminated: as failed, without its units
   * and without marks. Gives whether there was one.
   */
  closeAbandonedRun(): Promise<boolean>;
  /** Events by week and type, in their order, of the weeks that begin on Monday `first` to Monday `last`, both `YYYY-MM-DD`. */
  countEvents(first: string, last: string): Promise<readonly EventCount[]>;
  close(): Promise<void>;
}

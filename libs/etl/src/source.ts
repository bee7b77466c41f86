import type { EventDraft, FlowInput } from '@tributary/workflow-contracts/etl';

/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A half-open span of time, RFC 3339 in UTC with six digits of fraction: `start <= time < end`. */
export interface Window {
  readonly start: string;
  readonly end: string;
}

/** What a run is asked for: made by a source from `FlowInput.args`, the same from the same input. */
export interface Query {
  readonly type: string;
  readonly window: Window;
  /** Whether the run reads what has changed since the last green one of the same `scope`. */
  readonly incremental: boolean;
  /** Names what the marks and the memory of incremental runs belong to: equal for queries that read the same things. */
  readonly scope: string;
  /** Fraction of the run's records, 0 to 1, that may be put aside in a green run. @default 0 */
  readonly quarantineThreshold?: number;
  /** The query in a few words, for results, logs and the runs table; never a credential. */
  toSummaryBase(): Readonly<Record<string, Json>>;
}

/** One resumable piece of a run: a chain of pages, read in order. Small, and plain JSON: it is kept in the ledger. */
export interface Unit {
  /** Unique in the run: `bug:1`. A unit that is discovered again is one unit; its `subjects` and `payload` are merged. */
  readonly key: string;
  /** One of the source's stages. All units of a stage end before the next stage begins. */
  readonly stage: string;
  /** What the source reads it by: `bug`. */
  readonly kind: string;
  readonly payload: { readonly [key: string]: Json };
  /** Subjects on whose behalf it is read. */
  readonly subjects: readonly string[];
  /**
   * Name of the mark of an incremental run: kept when the unit and all that it discovered ended well in a green run or a
   * green subject, and handed to the same unit of the next run. Absent: none.
   */
  readonly mark?: string;
}

/** What one request of a unit brought. It is loaded in one transaction with the cursor, so nothing is counted twice. */
export interface Page<R> {
  readonly records: readonly R[];
  /**
   * When the oldest of its records was read, epoch milliseconds: for records that a listing carried along. They do not undo
   * what another run has read later. @default now
   */
  readonly readAt?: number;
  readonly discovered?: readonly Unit[];
  /** Where the unit goes on after this page; undefined when this was the last. */
  readonly cursor: Json | undefined;
  /** What an incremental run shall know of a resource next time. */
  readonly remember?: readonly { readonly key: string; readonly value: Json }[];
  /** The subject that the unit stands for turned out to bear another name. */
  readonly renamed?: { readonly subject: string; readonly to: string };
}

/** What a source is handed for each unit. */
export interface UnitContext {
  readonly signal: AbortSignal;
  readonly window: Window;
  /** Start of the last run that ended well for this unit, RFC 3339; undefined when there is none or the run is not incremental. */
  readonly since: string | undefined;
  /** What earlier runs of the scope remembered of these keys; empty when the run is not incremental. */
  recall(keys: readonly string[]): Promise<ReadonlyMap<string, Json>>;
  /**
   * Says that the source is at work although no page has come yet: to be called at answers that lead to none, and before
   * waits. Of a source that is silent for half an hour the unit is tried again.
   */
  heartbeat(): void;
}

/**
 * A source with its connections open, for one attempt of one activity. Units of one stage are read concurrently.
 * An error with recovery `skip` puts the unit aside, with the outcome that the error's `outcome` parameter names
 * (`private`, `gone`; otherwise `failed`); `retry` tries it again later; `fatal` ends the unit as failed. Only a fatal
 * error of status 401 ends the run: credentials that are no good for one unit are no good for any.
 */
export interface Session<R> {
  /** Units that the run begins with. */
  roots(): readonly Unit[];
  pages(unit: Unit, cursor: Json | undefined, context: UnitContext): AsyncIterable<Page<R>>;
  /** The events of a record, pure; the load drops those outside the window and those that `accepts` refuses. */
  transform(record: R): readonly EventDraft[];
  /** Names a record that cannot be transformed, without its content. Absent: by its place on the page. */
  reference?(record: R): string;
  /** Whether an event belongs to the run. `subjects`: names of all subjects of the run, under which the source has them now. */
  accepts(event: EventDraft, subjects: ReadonlySet<string>): boolean;
  close(): Promise<void>;
}

/** A source of events. `Q` is its query, `R` one raw record of a page. */
export interface Source<Q extends Query = Query, R = unknown> {
  /** Value of `FlowInput.type`. */
  readonly type: string;
  /** `Event.source_kind_id` of its events. */
  readonly sourceKindId: string;
  /** Stages in order. */
  readonly stages: readonly string[];
  /** @throws CodedError ETL_ARGS_INVALID, with recovery `fatal` */
  createQuery(args: FlowInput['args'], startedAt: Date): Q;
  open(query: Q, signal: AbortSignal): Promise<Session<R>>;
}

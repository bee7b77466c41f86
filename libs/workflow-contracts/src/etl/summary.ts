/** Workflow type that counts the events of a span of weeks. */
export const SUMMARIZE_EVENTS = 'summarizeEvents';

/** Longest span of a summary, in weeks: as many as any three years touch. */
export const SUMMARY_WEEKS_MAX = 158;

/** Span of a summary that names none, in weeks. */
export const SUMMARY_WEEKS_DEFAULT = 26;

/** Input of `summarizeEvents`; days are of UTC, `YYYY-MM-DD`. */
export interface SummarizeEventsInput {
  /** Any day of the first week. @default 25 weeks before the last */
  readonly from?: string;
  /** Any day of the last week. @default the day on which it runs */
  readonly to?: string;
}

/** Result of `summarizeEvents`: a table of weeks and types, compact because it travels through a history. */
export interface EventsTable {
  /** Monday of the first week. */
  readonly from: string;
  /** Monday of the last week. */
  readonly to: string;
  /** Types in order of name: the columns of `counts`. */
  readonly types: readonly string[];
  /** Weeks that have events, in order. */
  readonly weeks: readonly { readonly week: string; readonly counts: readonly number[] }[];
  /** Types that the table has no room for, the least frequent ones, and the events of these types. */
  readonly omitted?: { readonly types: number; readonly events: number };
}

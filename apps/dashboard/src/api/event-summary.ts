import { api, type RequestOptions } from './client.js';

export interface EventSummary {
  /** Mondays of the first and the last week, YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  /** Events of all types. */
  readonly total: number;
  /** What is not in the list has no events. */
  readonly weeks: readonly { readonly week: string; readonly type: string; readonly count: number }[];
  /** Types beyond those that are listed. */
  readonly omitted?: { readonly types: number; readonly events: number };
}

/** @param span days, YYYY-MM-DD; the last half year without them */
export const summarizeEvents = (span: { readonly from?: string | undefined; readonly to?: string | undefined }, options?: Pick<RequestOptions, 'signal'>) =>
  api.get<EventSummary>('/v1/events/summary', { ...options, query: { ...span } });

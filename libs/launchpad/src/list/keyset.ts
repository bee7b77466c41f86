import type { PageCursor } from '@tributary/clients/launchpad';
import { parseInstant } from '@tributary/etl';
import { shift } from '../times.js';
import type { StableCursor } from './stable.js';

/** Where a listing goes on that is ordered by a time that never changes. JSON, for the ledger. */
export interface KeysetCursor {
  /** Bound of the next request; absent: none yet. */
  readonly bound?: string;
  /** Links that earlier requests gave and that this one may give again. */
  readonly seen: readonly string[];
  /** Goes on within the same bound, by the server's own link. */
  readonly at?: PageCursor;
  /** Cursor of the page before, for the size that pages have come to. */
  readonly sizedAs?: PageCursor;
  /** The server knows no bounds, so the listing is read by position. */
  readonly unbounded?: StableCursor;
}

export interface Keyed {
  readonly link: string;
  readonly time: string | undefined;
}

/** One page of a listing under a bound. */
export interface KeysetPage<T extends Keyed> {
  readonly entries: readonly T[];
  /** Undefined: nothing follows. */
  readonly cursor: PageCursor | undefined;
}

export interface KeysetStep<T> {
  /** What no earlier page had. */
  readonly fresh: readonly T[];
  /** Undefined: the listing is complete. */
  readonly next: KeysetCursor | undefined;
}

/**
 * What a page of a listing brings, and where to go on. The next request asks by the time of the last entry instead of by
 * a position, so rows that come, go or change in the meantime move nothing. Entries of the very time of the last one
 * would be lost with a strict bound: it is moved by a microsecond, and what was seen is dropped. Where that leads
 * nowhere (a page full of one time, or thinned to nothing) the server's link is followed.
 * @param direction of the listing: `ascending` is bounded from below, `descending` from above
 */
export function keysetStep<T extends Keyed>(state: KeysetCursor, page: KeysetPage<T>, direction: 'ascending' | 'descending'): KeysetStep<T> {
  const seen = new Set(state.seen);
  const fresh = page.entries.filter(({ link }) => !seen.has(link));
  if (page.cursor === undefined) return { fresh, next: undefined };

  const last = page.entries.findLast(({ time }) => time !== undefined)?.time;
  const bound = last === undefined ? undefined : shift(last, direction === 'ascending' ? -1n : 1n);
  if (bound === undefined || (state.bound !== undefined && parseInstant(bound) === parseInstant(state.bound))) {
    return { fresh, next: { ...state, at: page.cursor } };
  }
  const repeated = page.entries.filter(({ time }) => time !== undefined && last !== undefined && parseInstant(time) === parseInstant(last));
  return { fresh, next: { bound, seen: repeated.map(({ link }) => link), sizedAs: page.cursor } };
}

/**
 * Whether a page holds what its bound excludes: Launchpad ignores parameters that a version of it does not know, without
 * a word, and would give the first page again and again.
 */
export function ignoresBound({ bound }: KeysetCursor, entries: readonly Keyed[], direction: 'ascending' | 'descending'): boolean {
  if (bound === undefined) return false;
  const limit = parseInstant(bound);
  return entries.some(({ time }) => time !== undefined && (direction === 'ascending' ? parseInstant(time) < limit : parseInstant(time) > limit));
}

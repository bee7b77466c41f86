import type { LaunchpadPage, Reading } from '../source/reading.js';
import type { Memory, Visit } from '../list/recheck.js';
import { EPOCH, isBefore, isFrom, latest, type MaybeTime } from '../times.js';

/** What a visit has seen of something that is remembered. JSON, for the ledger. */
export interface Seen {
  /** Comments or messages before the window's end: what comes later is the next run's. */
  readonly comments: number;
  /** Last event before the window's end. */
  readonly last: string;
  /** Whether something other than comments is of a time after the window's end. */
  readonly late: boolean;
}

export function startSeen(created: MaybeTime): Seen {
  return { comments: 0, last: latest([created]) ?? EPOCH, late: false };
}

/** Adds the times of comments or messages. */
export function seeComments(seen: Seen, times: readonly MaybeTime[], end: string): Seen {
  const within = times.filter((time) => isBefore(time, end));
  return { ...seen, comments: seen.comments + within.length, last: latest([seen.last, ...within]) ?? seen.last };
}

/** Adds the times of anything else. */
export function seeOthers(seen: Seen, times: readonly MaybeTime[], end: string): Seen {
  const within = times.filter((time) => isBefore(time, end));
  return { ...seen, last: latest([seen.last, ...within]) ?? seen.last, late: seen.late || times.some((time) => isFrom(time, end)) };
}

/** What the next incremental run shall know, on the last page of a visit. */
export function remembered(
  { query, unit }: Reading,
  visit: Visit,
  memory: Memory | undefined,
  { etag, seen, votesRead }: { readonly etag: string; readonly seen: Seen; readonly votesRead: boolean },
): NonNullable<LaunchpadPage['remember']> {
  if (!query.incremental) return [];
  const now = query.startedAt;
  const value: Memory = {
    etag: seen.late ? null : etag,
    comments: seen.comments,
    last: latest([memory?.last, seen.last]) ?? seen.last,
    whole: visit.mode === 'whole' ? now : (memory?.whole ?? now),
    checked: now,
    votes: votesRead ? now : (memory?.votes ?? now),
  };
  return [{ key: unit.key, value: { ...value } }];
}

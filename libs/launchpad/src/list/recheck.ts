import { DAY, toMicros } from '../micros.js';

/** What an incremental run knows of a proposal or a question from the visits before. */
export interface Memory {
  /** ETag of its entry; null when the entry told of something later than the run's end. */
  readonly etag: string | null;
  /** Comments or messages before the run's end. */
  readonly comments: number;
  /** Last event before the run's end. */
  readonly last: string;
  /** Start of the run that last visited it for everybody in the roster. */
  readonly whole: string;
  /** Start of the run that last looked for comments, and for votes. */
  readonly checked: string;
  readonly votes: string;
}

/**
 * `whole`: all of it, as if never seen. `changed`: its entry has changed. `check`: only its comments, and more when there
 * are new ones.
 */
export type Visit = { readonly mode: 'whole' } | { readonly mode: 'changed' | 'check'; readonly votes: boolean };

/** Silence after which something that is closed is looked at more rarely. */
export const QUIET = 30n * DAY;
const ASK_VOTES = DAY;
const RAREST = 30n * DAY;

/**
 * Whether something is visited whose comments leave no trace in its entry: Launchpad has no time of the last change for
 * proposals, and comments do not move the dates of questions. What is open or had an event within 30 days is checked in
 * each run. The rest is checked after a tenth of the silence it has kept, at least a day and at most 30 days: a late
 * comment is found at most that much later, with its own time, and thousands of merged proposals cost next to nothing.
 * @param newest when the newest person joined the run's roster
 * @param now start of the run
 * @returns undefined: not this time
 */
export function decideVisit(
  memory: Memory | undefined,
  row: { readonly etag: string; readonly open: boolean },
  newest: string | undefined,
  now: string,
): Visit | undefined {
  if (memory === undefined) return { mode: 'whole' };
  if (newest !== undefined && toMicros(memory.whole) < toMicros(newest)) return { mode: 'whole' };
  if (memory.etag !== row.etag) return { mode: 'changed', votes: true };
  const [at, checked, last] = [toMicros(now), toMicros(memory.checked), toMicros(memory.last)];
  const votes = at - toMicros(memory.votes) >= ASK_VOTES;
  if (row.open || at - last < QUIET) return { mode: 'check', votes };
  const silence = checked - last;
  return at - checked >= clamp(silence / 10n, DAY, RAREST) ? { mode: 'check', votes } : undefined;
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  return value < least ? least : value > most ? most : value;
}

import { parseInstant } from '@tributary/etl';
import { DAY } from '../times.js';

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

/**
 * How long after its last event something is checked in each run, and after which share of its silence from then on.
 * Both begin at three days.
 */
const OPEN = { lively: 90n * DAY, share: 30n };
const CLOSED = { lively: 30n * DAY, share: 10n };
/** No silence is as long as to be looked into more rarely. */
const RAREST = 30n * DAY;
/** A review that is asked for without a word is found by votes alone, which costs a request of its own. */
const ASK_VOTES = 7n * DAY;

/**
 * Whether something is visited whose comments leave no trace in its entry: Launchpad has no time of the last change for
 * proposals, and comments do not move the dates of questions. What is open and had an event within 90 days, or is closed
 * and had one within 30, is checked in each run. The rest is checked after a share of the silence it has kept, at most 30
 * days: a late comment is found that much later, with its own time, and thousands of merged proposals cost next to nothing.
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
  if (newest !== undefined && parseInstant(memory.whole) < parseInstant(newest)) return { mode: 'whole' };
  if (memory.etag !== row.etag) return { mode: 'changed', votes: true };
  const [at, checked, last] = [parseInstant(now), parseInstant(memory.checked), parseInstant(memory.last)];
  const { lively, share } = row.open ? OPEN : CLOSED;
  const wait = (checked - last) / share;
  const due = at - last < lively || at - checked >= (wait < RAREST ? wait : RAREST);
  return due ? { mode: 'check', votes: at - parseInstant(memory.votes) >= ASK_VOTES } : undefined;
}

/**
 * When and by whom a value was written: `<time><count>~<writer>`, so that text order is order of writing. The latest
 * stamp wins on every replica, in whatever order they arrive.
 */
export type Stamp = string;

/** A hybrid logical clock: the time of the machine, and a count for what falls into the same millisecond or before. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly count: number;
}

const TIME_DIGITS = 9;
const COUNT_DIGITS = 5;
const PATTERN = /^[0-9a-z]{14}~./;
const LATEST = 36 ** TIME_DIGITS - 1;

/** The clock's next reading at machine time `at`: later than all it has given or seen, even when the machine's time jumps back. */
export function tick(clock: Clock, at: number): Clock {
  const time = Math.min(Math.max(0, Math.floor(at)), LATEST);
  return time > clock.time ? { time, count: 0 } : { time: clock.time, count: clock.count + 1 };
}

/** The clock after a stamp of another writer was seen: what is written next will count as later. */
export function observe(clock: Clock, stamp: Stamp): Clock {
  const time = parseInt(stamp.slice(0, TIME_DIGITS), 36);
  const count = parseInt(stamp.slice(TIME_DIGITS, TIME_DIGITS + COUNT_DIGITS), 36);
  if (time < clock.time || (time === clock.time && count <= clock.count)) return clock;
  return { time, count };
}

/** The one of two readings of a clock that is later. */
export function laterClock(a: Clock, b: Clock): Clock {
  return b.time > a.time || (b.time === a.time && b.count > a.count) ? b : a;
}

export function stampOf({ time, count }: Clock, writer: string): Stamp {
  return `${time.toString(36).padStart(TIME_DIGITS, '0')}${count.toString(36).padStart(COUNT_DIGITS, '0')}~${writer}`;
}

export function isStamp(value: unknown): value is Stamp {
  return typeof value === 'string' && value.length <= 600 && PATTERN.test(value);
}

/** Machine time of a stamp, in milliseconds since 1970. */
export function timeOf(stamp: Stamp): number {
  return parseInt(stamp.slice(0, TIME_DIGITS), 36);
}

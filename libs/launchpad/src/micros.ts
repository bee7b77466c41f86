const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(?:Z|[+-]00:00)$/i;

/** A time as Launchpad's answers have it: it may be missing, or be none. */
export type MaybeTime = string | null | undefined;

/**
 * Microseconds since 1970 of a time in UTC, as Launchpad and windows write it: more than a `Date` can hold.
 * @throws RangeError when it is anything else
 */
export function toMicros(time: string): bigint {
  const micros = microsOf(time);
  if (micros === undefined) throw new RangeError(`Not a time in UTC: ${time}`);
  return micros;
}

function microsOf(time: MaybeTime): bigint | undefined {
  const [, date, clock, fraction = ''] = TIME.exec(time ?? '') ?? [];
  const millis = Date.parse(`${String(date)}T${String(clock)}Z`);
  return Number.isNaN(millis) ? undefined : BigInt(millis) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** RFC 3339 in UTC with six digits of fraction, which Launchpad takes as a parameter. */
export function fromMicros(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(fraction).padStart(6, '0')}+00:00`;
}

/** The time moved by so many microseconds. */
export function shift(time: string, micros: bigint): string {
  return fromMicros(toMicros(time) + micros);
}

/** Whether it is a time. What is none must not end a listing or a visit: the transform refuses it, record by record. */
export function isTime(time: MaybeTime): time is string {
  return microsOf(time) !== undefined;
}

/** The latest of the times that are there. */
export function latest(times: Iterable<MaybeTime>): string | undefined {
  let last: string | undefined;
  for (const time of times) {
    if (isTime(time) && (last === undefined || toMicros(time) > toMicros(last))) last = time;
  }
  return last;
}

/** The earliest of the times that are there. */
export function earliest(times: Iterable<MaybeTime>): string | undefined {
  let first: string | undefined;
  for (const time of times) {
    if (isTime(time) && (first === undefined || toMicros(time) < toMicros(first))) first = time;
  }
  return first;
}

/** Whether it is a time before `end`. */
export function isBefore(time: MaybeTime, end: string): boolean {
  return isTime(time) && toMicros(time) < toMicros(end);
}

/** Whether it is a time from `start` on. */
export function isFrom(time: MaybeTime, start: string): boolean {
  return isTime(time) && toMicros(time) >= toMicros(start);
}

/** 1970, before all that Launchpad knows. */
export const EPOCH = '1970-01-01T00:00:00+00:00';

export const SECOND = 1_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;

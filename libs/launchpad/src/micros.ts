const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(?:Z|[+-]00:00)$/i;

/**
 * Microseconds since 1970 of a time in UTC, as Launchpad and windows write it: more than a `Date` can hold.
 * @throws RangeError when it is anything else
 */
export function toMicros(time: string): bigint {
  const [, date, clock, fraction = ''] = TIME.exec(time) ?? [];
  const millis = Date.parse(`${String(date)}T${String(clock)}Z`);
  if (Number.isNaN(millis)) throw new RangeError(`Not a time in UTC: ${time}`);
  return BigInt(millis) * 1000n + BigInt(fraction.padEnd(6, '0'));
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

/** The later of the times that are there. */
export function latest(times: Iterable<string | null | undefined>): string | undefined {
  let last: string | undefined;
  for (const time of times) {
    if (time != null && (last === undefined || toMicros(time) > toMicros(last))) last = time;
  }
  return last;
}

export function isBefore(time: string, end: string): boolean {
  return toMicros(time) < toMicros(end);
}

export const SECOND = 1_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;

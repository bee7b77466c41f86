/** A moment as microseconds since 1970 in UTC: what PostgreSQL keeps, and more than a `Date` can. */
export type Micros = number;

const FRACTION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00:00)$/;

/** Microseconds of an RFC 3339 time in UTC. @throws RangeError when it is anything else */
export function micros(iso: string): Micros {
  const match = FRACTION.exec(iso);
  const seconds = match === null ? Number.NaN : Date.parse(`${match[1]}Z`);
  if (Number.isNaN(seconds)) throw new RangeError(`Not a time in UTC: ${iso}`);
  return seconds * 1000 + Number((match?.[2] ?? '').padEnd(6, '0'));
}

/** How Launchpad writes a moment: Python's `isoformat()`, whose fraction is absent when it is zero. */
export function isoformat(time: Micros): string {
  const fraction = time % 1_000_000;
  const seconds = new Date((time - fraction) / 1000).toISOString().slice(0, 19);
  return fraction === 0 ? `${seconds}+00:00` : `${seconds}.${String(fraction).padStart(6, '0')}+00:00`;
}

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

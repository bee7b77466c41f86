import { formatInstant, parseInstant, type Instant } from '@tributary/etl';

/** A time as Launchpad's answers have it: it may be missing, or be none. */
export type MaybeTime = string | null | undefined;

export const SECOND = 1_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;

/** 1970, before all that Launchpad knows. */
export const EPOCH = formatInstant(0n);

/** The time moved by so many microseconds. @throws CodedError ETL_TIME_INVALID */
export function shift(time: string, micros: bigint): string {
  return formatInstant(parseInstant(time) + micros);
}

/** Whether it is a time. What is none must not end a listing or a visit: the transform refuses it, record by record. */
export function isTime(time: MaybeTime): time is string {
  return instantOf(time) !== undefined;
}

/** The latest of the times that are there. */
export function latest(times: Iterable<MaybeTime>): string | undefined {
  return extreme(times, (one, other) => one > other);
}

/** The earliest of the times that are there. */
export function earliest(times: Iterable<MaybeTime>): string | undefined {
  return extreme(times, (one, other) => one < other);
}

/** Whether it is a time before `end`. */
export function isBefore(time: MaybeTime, end: string): boolean {
  const instant = instantOf(time);
  return instant !== undefined && instant < parseInstant(end);
}

/** Whether it is a time from `start` on. */
export function isFrom(time: MaybeTime, start: string): boolean {
  const instant = instantOf(time);
  return instant !== undefined && instant >= parseInstant(start);
}

function extreme(times: Iterable<MaybeTime>, precedes: (one: Instant, other: Instant) => boolean): string | undefined {
  let found: { readonly time: string; readonly instant: Instant } | undefined;
  for (const time of times) {
    const instant = instantOf(time);
    if (time != null && instant !== undefined && (found === undefined || precedes(instant, found.instant))) found = { time, instant };
  }
  return found?.time;
}

function instantOf(time: MaybeTime): Instant | undefined {
  try {
    return time == null ? undefined : parseInstant(time);
  } catch {
    return undefined;
  }
}

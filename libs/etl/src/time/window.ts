import type { Window } from '../source.js';
import { argsInvalid, type ArgProblem } from '../query/arg-problem.js';
import { formatInstant, instantOfUtc, localTime, localTimeProblem, parseInstant, type Instant } from './instant.js';
import { TimeZone } from './time-zone.js';

/** What a window is read from. */
export interface WindowArgs {
  /** A date, or a time with or without seconds, fraction and offset; inclusive. */
  readonly start: string;
  /** As `start`, exclusive. @default the start of the run */
  readonly end?: string | undefined;
  /** IANA zone of dates and of times without offset. @default "UTC" */
  readonly timeZone?: string | undefined;
}

/** Where the three stand in the arguments of a query. */
export interface WindowPaths {
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

const WINDOW_PATHS: WindowPaths = { start: '/data_date_start', end: '/data_date_end', timeZone: '/time_zone' };

export type ReadWindow =
  | { readonly window: Window; readonly problems: readonly [] }
  | { readonly window: undefined; readonly problems: readonly ArgProblem[] };

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?([Zz]|[+-]\d{2}:\d{2})?$/;

const ALLOWED = 'a date (2023-01-31), or a time with or without offset (2023-01-31T12:30:00, 2023-01-31T12:30:00.5+02:00)';

/**
 * Reads a half-open window. A date is its first instant in the zone: midnight, or when clocks skip midnight the first
 * instant after it, or when midnight comes twice the earlier one. A time without offset that the zone skips or has
 * twice is a problem that names the offsets to choose from.
 */
export function readWindow(args: WindowArgs, startedAt: Date, paths: WindowPaths = WINDOW_PATHS): ReadWindow {
  const problems: ArgProblem[] = [];
  const zone = TimeZone.find(args.timeZone ?? 'UTC');
  if (!zone) problems.push({ path: paths.timeZone, received: args.timeZone, allowed: 'a zone of the IANA database, like Europe/Berlin or UTC' });
  const read = (text: string, path: string): Instant | undefined => {
    const point = readPoint(text, zone ?? utc());
    if (typeof point === 'bigint') return point;
    problems.push({ path, received: text, allowed: point });
    return undefined;
  };
  const start = read(args.start, paths.start);
  const end = args.end === undefined ? BigInt(startedAt.getTime()) * 1_000n : read(args.end, paths.end);
  if (start === undefined || end === undefined || problems.length > 0) return { window: undefined, problems };
  const window = { start: formatInstant(start), end: formatInstant(end) };
  if (start < end) return { window, problems: [] };
  const given = args.end === undefined ? `the start of the run, ${window.end}` : `the end, ${window.end}`;
  return { window: undefined, problems: [{ path: paths.start, received: args.start, allowed: `a time before ${given} (start is inclusive, end exclusive)` }] };
}

/**
 * As `readWindow`, for a query whose other arguments are right.
 * @param type of the query, for the message
 * @throws CodedError ETL_ARGS_INVALID
 */
export function parseWindow(type: string, args: WindowArgs, startedAt: Date, paths: WindowPaths = WINDOW_PATHS): Window {
  const { window, problems } = readWindow(args, startedAt, paths);
  if (!window) throw argsInvalid(type, problems);
  return window;
}

/** The instant, or what would be allowed instead. */
function readPoint(text: string, zone: TimeZone): Instant | string {
  const match = LOCAL.exec(text);
  if (!match) return ALLOWED;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const local = localTime(year, month, day, hour, minute, second, fraction);
  const problem = localTimeProblem(local);
  if (problem !== undefined) return `${ALLOWED}; ${problem}`;
  if (offset !== undefined) {
    if (hour === undefined) return `${ALLOWED}; a date has no offset, time_zone says where it is`;
    return instantWithOffset(local, offset);
  }
  const place = zone.place(local);
  if (place.kind === 'once') return place.instant;
  const isDate = hour === undefined;
  if (place.kind === 'twice') {
    if (isDate) return place.earlier;
    const [earlier, later] = [zone.offsetText(place.earlier), zone.offsetText(place.later)];
    return `a time with an offset: clocks in ${zone.name} show this one twice, with ${earlier} and with ${later}`;
  }
  if (isDate) return place.after;
  return `a time with an offset: clocks in ${zone.name} skip this one and go on at ${formatInstant(place.after)}`;
}

function instantWithOffset(local: ReturnType<typeof localTime>, offset: string): Instant | string {
  const text = formatInstant(instantOfUtc(local)).slice(0, -1) + offset;
  try {
    return parseInstant(text);
  } catch {
    return `${ALLOWED}; the offset is between -23:59 and +23:59, and the year in UTC between 1 and 9999`;
  }
}

function utc(): TimeZone {
  return TimeZone.find('UTC') as TimeZone;
}

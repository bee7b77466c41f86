import { ETL_TIME_INVALID } from '../errors.js';

/** Microseconds since 1970-01-01T00:00:00Z. Exact, where a `Date` loses the last three digits. */
export type Instant = bigint;

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Date and time of day as a calendar and a clock show them, wherever that is. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
}

/**
 * Reads RFC 3339 with any offset, with or without a fraction of up to nine digits, of which six are kept.
 * @throws CodedError ETL_TIME_INVALID
 */
export function parseInstant(text: string): Instant {
  const match = RFC_3339.exec(text);
  if (!match) throw invalid(text, 'it has another form');
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHours = '00', offsetMinutes = '00'] = match;
  const local = localTime(year, month, day, hour, minute, second, fraction);
  const problem = localTimeProblem(local);
  if (problem !== undefined) throw invalid(text, problem);
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) throw invalid(text, 'there is no such offset');
  const offset = BigInt(Number(offsetHours) * 3600 + Number(offsetMinutes) * 60) * SECOND;
  const instant = instantOfUtc(local) - (sign === '-' ? -offset : offset);
  if (instant < EARLIEST || instant > LATEST) throw invalid(text, 'its year in UTC is out of range');
  return instant;
}

/** Canonical form: RFC 3339 in UTC with six digits. Texts of this form are in order of time. */
export function formatInstant(instant: Instant): string {
  const { year, month, day } = dateOf(floorDiv(instant, DAY));
  const micros = mod(instant, DAY);
  const seconds = Number(micros / SECOND);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => digits(part, 2)).join(':');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${time}.${digits(Number(micros % SECOND), 6)}Z`;
}

/** Monday of the UTC week in which the instant lies, `YYYY-MM-DD`. */
export function mondayOf(instant: Instant): string {
  const day = floorDiv(instant, DAY);
  // Day 0 of the epoch was a Thursday.
  return formatInstant((day - mod(day + 3n, 7n)) * DAY).slice(0, 10);
}

/** The instant at which a clock that shows UTC shows `local`. */
export function instantOfUtc(local: LocalTime): Instant {
  const seconds = local.hour * 3600 + local.minute * 60 + local.second;
  return daysOf(local.year, local.month, local.day) * DAY + BigInt(seconds) * SECOND + BigInt(local.micros);
}

/** `LocalTime` of the digits that an expression matched; digits of a fraction after the sixth are left out. */
export function localTime(year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = ''): LocalTime {
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    micros: Number(fraction.slice(0, 6).padEnd(6, '0')),
  };
}

/** Why there is no such date or time, or undefined when there is. */
export function localTimeProblem({ year, month, day, hour, minute, second }: LocalTime): string | undefined {
  if (year < 1) return 'there is no year 0';
  if (month < 1 || month > 12) return `there is no month ${month}`;
  if (day < 1 || day > daysInMonth(year, month)) return `the month has no day ${day}`;
  if (second === 60) return 'leap seconds are not taken, since databases have none';
  if (hour > 23 || minute > 59 || second > 59) return 'there is no such time of day';
  return undefined;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar; years begin in March, so that leap days come last. */
function daysOf(year: number, month: number, day: number): bigint {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return BigInt(era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468);
}

function dateOf(days: bigint): { year: number; month: number; day: number } {
  const shifted = Number(days) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

function floorDiv(value: bigint, by: bigint): bigint {
  return (value - mod(value, by)) / by;
}

function mod(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function invalid(received: string, reason: string): Error {
  return ETL_TIME_INVALID({ received: received.slice(0, 60), reason });
}

const EARLIEST = daysOf(1, 1, 1) * DAY;
const LATEST = daysOf(9999, 12, 31) * DAY + DAY - 1n;

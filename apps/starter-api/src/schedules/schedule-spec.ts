import type { WorkflowService } from '@temporalio/client';
import type { Calendar, ScheduleSpec } from './schemas.js';

type CreateRequest = Parameters<WorkflowService['createSchedule']>[0];
/** A schedule as Temporal's API has it. */
export type RawSchedule = NonNullable<CreateRequest['schedule']>;
export type RawSpec = NonNullable<RawSchedule['spec']>;
type RawCalendar = NonNullable<RawSpec['structuredCalendar']>[number];
type RawRange = NonNullable<RawCalendar['second']>[number];
type RawTime = NonNullable<RawSpec['startTime']>;
type RawDuration = NonNullable<RawSpec['jitter']>;

/** What an expression is marked with: Temporal keeps comments, and calendars in place of expressions. */
const CRON_COMMENT = 'cron: ';

const UNITS = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'] as const;
type Unit = (typeof UNITS)[number];
type Ranges = NonNullable<Calendar[Unit]>;

/** What a calendar means that does not name a unit. */
const DEFAULTS: Readonly<Record<Unit, Ranges>> = {
  second: [{ start: 0 }],
  minute: [{ start: 0 }],
  hour: [{ start: 0 }],
  dayOfMonth: [{ start: 1, end: 31 }],
  month: [{ start: 1, end: 12 }],
  dayOfWeek: [{ start: 0, end: 6 }],
  year: [],
};

/** The times of a schedule as Temporal's API takes them. */
export function toRawSpec(spec: ScheduleSpec): RawSpec {
  const { cron = [], calendars = [], intervalSeconds, offsetSeconds, timeZone = 'UTC', jitterSeconds = 0, startAt, endAt } = spec;
  return {
    cronString: cron.map((expression) => `${expression} # ${CRON_COMMENT}${expression}`),
    structuredCalendar: calendars.map(toRawCalendar),
    ...(intervalSeconds === undefined
      ? {}
      : { interval: [{ interval: duration(intervalSeconds), ...(offsetSeconds === undefined ? {} : { phase: duration(offsetSeconds) }) }] }),
    timezoneName: timeZone,
    jitter: duration(jitterSeconds),
    ...(startAt === undefined ? {} : { startTime: timestamp(startAt) }),
    ...(endAt === undefined ? {} : { endTime: timestamp(endAt) }),
  };
}

/** The times of a schedule as Temporal describes them; what was made by other means as near to it as this API can tell. */
export function fromRawSpec(raw: RawSpec): ScheduleSpec {
  const all = raw.structuredCalendar ?? [];
  const cron = all.flatMap(({ comment }) => (comment?.startsWith(CRON_COMMENT) ? [comment.slice(CRON_COMMENT.length)] : []));
  const calendars = all.filter(({ comment }) => !comment?.startsWith(CRON_COMMENT)).map(fromRawCalendar);
  const [interval] = raw.interval ?? [];
  const offsetSeconds = seconds(interval?.phase);
  return {
    ...(cron.length > 0 ? { cron } : {}),
    ...(interval ? { intervalSeconds: seconds(interval.interval) } : {}),
    ...(offsetSeconds > 0 ? { offsetSeconds } : {}),
    ...(calendars.length > 0 ? { calendars } : {}),
    timeZone: raw.timezoneName === '' ? 'UTC' : (raw.timezoneName ?? 'UTC'),
    jitterSeconds: seconds(raw.jitter),
    ...(raw.startTime ? { startAt: isoTime(raw.startTime) } : {}),
    ...(raw.endTime ? { endAt: isoTime(raw.endTime) } : {}),
  };
}

export function duration(ofSeconds: number): RawDuration {
  return { seconds: ofSeconds as unknown as NonNullable<RawDuration['seconds']> };
}

export function seconds(value: RawDuration | null | undefined): number {
  return Number(value?.seconds ?? 0);
}

export function timestamp(iso: string): RawTime {
  const millis = Date.parse(iso);
  return { seconds: Math.floor(millis / 1_000) as unknown as NonNullable<RawTime['seconds']>, nanos: (((millis % 1_000) + 1_000) % 1_000) * 1_000_000 };
}

export function isoTime(time: RawTime | null | undefined): string {
  return new Date(Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1_000_000)).toISOString();
}

function toRawCalendar({ comment, ...units }: Calendar): RawCalendar {
  const ranges = UNITS.map((unit) => [unit, (units[unit] ?? DEFAULTS[unit]).map(({ start, end, step }) => ({ start, end: end ?? start, step: step ?? 1 }))]);
  return { ...(Object.fromEntries(ranges) as Record<Unit, RawRange[]>), ...(comment === undefined ? {} : { comment }) };
}

function fromRawCalendar(raw: RawCalendar): Calendar {
  const units = UNITS.map((unit): [Unit, Ranges] => [unit, (raw[unit] ?? []).map(fromRawRange)]);
  const named = units.filter(([unit, ranges]) => JSON.stringify(ranges) !== JSON.stringify(DEFAULTS[unit]));
  // Of a calendar whose units are all as when not named at least one has to be.
  const shown = named.length > 0 ? named : units.filter(([unit]) => unit === 'hour');
  return { ...(Object.fromEntries(shown) as Calendar), ...(raw.comment ? { comment: raw.comment } : {}) };
}

function fromRawRange({ start, end, step }: RawRange): Ranges[number] {
  const from = start ?? 0;
  return { start: from, ...(end != null && end > from ? { end } : {}), ...(step != null && step > 1 ? { step } : {}) };
}

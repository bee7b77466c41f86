import type { ScheduleSpec } from '../../api/schedules.js';
import { count } from '../../lib/format.js';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** When a schedule starts runs, in words: every 6 hours; cron 0 3 * * *, Europe/Vienna. */
export function specInWords({ cron = [], intervalSeconds, calendars = [], timeZone, jitterSeconds }: ScheduleSpec): string {
  const times = [
    ...(intervalSeconds === undefined ? [] : [everySeconds(intervalSeconds)]),
    ...cron.map((expression) => `cron ${expression}`),
    ...(calendars.length === 0 ? [] : [`${count(calendars.length)} ${calendars.length === 1 ? 'time' : 'times'} by the calendar`]),
  ];
  return [
    times.join(' and ') || 'never',
    ...(cron.length + calendars.length > 0 ? [timeZone ?? 'UTC'] : []),
    ...(jitterSeconds === undefined || jitterSeconds === 0 ? [] : [`up to ${amount(jitterSeconds)} later`]),
  ].join(', ');
}

function everySeconds(seconds: number): string {
  const text = amount(seconds);
  return `every ${text.startsWith('1 ') ? text.slice(2) : text}`;
}

/** In the largest unit that fits without a rest. */
function amount(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0 && seconds >= each) ?? ['second', 1];
  const many = seconds / size;
  return `${count(many)} ${unit}${many === 1 ? '' : 's'}`;
}

import { fromRawSpec, toRawSpec } from './schedule-spec.js';
import type { ScheduleSpec } from './schemas.js';

test.each<[string, ScheduleSpec]>([
  ['an interval', { intervalSeconds: 3_600, offsetSeconds: 60, timeZone: 'UTC', jitterSeconds: 30 }],
  ['a calendar', { calendars: [{ hour: [{ start: 3 }], dayOfWeek: [{ start: 1, end: 5 }], comment: 'work days' }], timeZone: 'Europe/London', jitterSeconds: 0 }],
  ['a calendar with all units', {
    calendars: [{ second: [{ start: 5 }], minute: [{ start: 0, end: 59, step: 15 }], hour: [{ start: 3 }], dayOfMonth: [{ start: 1 }], month: [{ start: 2 }], dayOfWeek: [{ start: 3 }], year: [{ start: 2027 }] }],
    timeZone: 'UTC',
    jitterSeconds: 0,
  }],
  ['midnight', { calendars: [{ hour: [{ start: 0 }] }], timeZone: 'UTC', jitterSeconds: 0 }],
  ['a period', { intervalSeconds: 1, timeZone: 'UTC', jitterSeconds: 0, startAt: '2026-11-01T00:00:00.000Z', endAt: '2026-12-01T00:00:00.500Z' }],
])('reads %s as it was written', (_, spec) => {
  expect(fromRawSpec(toRawSpec(spec))).toEqual(spec);
});

test('knows expressions again by the comment that Temporal keeps', () => {
  const raw = toRawSpec({ cron: ['0 3 * * 1-5'] });
  expect(raw.cronString).toEqual(['0 3 * * 1-5 # cron: 0 3 * * 1-5']);
  expect(fromRawSpec({ structuredCalendar: [{ comment: 'cron: 0 3 * * 1-5', hour: [{ start: 3 }] }] }).cron).toEqual(['0 3 * * 1-5']);
});

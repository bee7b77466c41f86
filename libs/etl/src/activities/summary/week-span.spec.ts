import { weekSpan } from './week-span.js';

const WEDNESDAY = Date.UTC(2026, 2, 4, 23, 59);

it.each([
  ['the last 26 weeks', {}, '2025-09-08', '2026-03-02'],
  ['26 weeks up to a day', { to: '2026-01-01' }, '2025-07-07', '2025-12-29'],
  ['from a day to now', { from: '2026-02-28' }, '2026-02-23', '2026-03-02'],
  ['one week', { from: '2026-03-02', to: '2026-03-08' }, '2026-03-02', '2026-03-02'],
  ['a leap day', { from: '2024-02-29', to: '2024-02-29' }, '2024-02-26', '2024-02-26'],
  ['three years', { from: '2023-03-01', to: '2026-03-01' }, '2023-02-27', '2026-02-23'],
  ['three years that touch as many weeks as can be', { from: '2023-01-01', to: '2026-01-01' }, '2022-12-26', '2025-12-29'],
])('takes %s', (_, input, first, last) => {
  expect(weekSpan(input, WEDNESDAY)).toEqual({ first, last });
});

it.each([
  ['a span of more than three years', { from: '2023-02-26', to: '2026-03-02' }, '159 weeks'],
  ['an end before the beginning', { from: '2026-02-10', to: '2026-02-03' }, 'after'],
  ['a beginning after today', { from: '2027-01-01' }, 'after'],
  ['a day that is none', { from: '2026-02-30' }, 'no day "2026-02-30"'],
  ['a year before there were weeks', { to: '0001-01-01' }, 'no events'],
  ['a year at the beginning', { to: '0000-00-00' }, 'no events'],
])('refuses %s', (_, input, problem) => {
  expect(() => weekSpan(input, WEDNESDAY)).toThrow(expect.objectContaining({ code: 'ETL_SUMMARY_SPAN_INVALID', message: expect.stringContaining(problem) as string }) as Error);
});

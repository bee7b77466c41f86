import { compactTime, microseconds } from './time.js';

it.each([
  ['1970-01-01T00:00:00+00:00', 0n],
  ['1970-01-01T00:00:00.000001Z', 1n],
  ['2026-03-01T09:30:00.5+00:00', 1772357400500000n],
  ['1969-12-31T23:59:59.999999+00:00', -1n],
])('reads %s to the microsecond', (time, expected) => {
  expect(microseconds(time)).toBe(expected);
});

it.each(['', '2026-03-01', '2026-02-30T00:00:00+00:00', '2026-13-01T00:00:00Z', '2026-03-01T24:00:00Z', '2026-03-01T00:00:00', '2026-03-01T00:00:00+02:00', '2026-03-01T00:00:00.1234567Z'])(
  'refuses %j',
  (time) => {
    expect(microseconds(time)).toBeUndefined();
  },
);

it('writes the same moment the same way', () => {
  expect(compactTime('2026-03-01T09:30:00+00:00')).toBe('20260301T093000000000');
  expect(compactTime('2026-03-01T09:30:00.000000Z')).toBe('20260301T093000000000');
  expect(compactTime('2026-03-01T09:30:00.5+00:00')).toBe('20260301T093000500000');
});

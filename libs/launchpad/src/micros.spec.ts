import { fromMicros, latest, shift, toMicros } from './micros.js';

test.each([
  ['2025-03-01T00:00:00+00:00', 1_740_787_200_000_000n],
  ['2025-03-01T00:00:00.000001+00:00', 1_740_787_200_000_001n],
  ['2025-03-01T00:00:00.5Z', 1_740_787_200_500_000n],
  ['1969-12-31T23:59:59.999999+00:00', -1n],
])('%s to the microsecond', (time, micros) => {
  expect(toMicros(time)).toBe(micros);
  expect(toMicros(fromMicros(micros))).toBe(micros);
});

test.each(['2025-03-01', '2025-03-01T00:00:00+02:00', 'yesterday'])('%s is no time in UTC', (time) => {
  expect(() => toMicros(time)).toThrow(RangeError);
});

test('is moved without passing through a Date', () => {
  expect(shift('2025-03-01T00:00:00+00:00', -1n)).toBe('2025-02-28T23:59:59.999999+00:00');
});

test('compares times with and without fractions', () => {
  expect(latest(['2025-03-01T00:00:00+00:00', null, '2025-03-01T00:00:00.000001+00:00', undefined])).toBe('2025-03-01T00:00:00.000001+00:00');
  expect(latest([])).toBeUndefined();
});

import { earliest, isBefore, isFrom, isTime, latest, shift } from './times.js';

const [SECOND, LATER] = ['2025-03-01T00:00:00+00:00', '2025-03-01T00:00:00.000001+00:00'];

test('are moved without passing through a Date', () => {
  expect(shift(SECOND, -1n)).toBe('2025-02-28T23:59:59.999999Z');
});

test('are compared to the microsecond, with and without fractions', () => {
  expect(latest([SECOND, null, LATER, undefined])).toBe(LATER);
  expect(earliest([LATER, undefined, SECOND])).toBe(SECOND);
  expect([isBefore(SECOND, LATER), isBefore(LATER, LATER), isFrom(LATER, LATER), isFrom(SECOND, LATER)]).toEqual([true, false, true, false]);
});

test.each([undefined, null, '', 'yesterday', '2025-03-01', '2025-02-30T00:00:00Z'])('%p is none, neither before nor after any', (none) => {
  expect([isTime(none), isBefore(none, SECOND), isFrom(none, SECOND)]).toEqual([false, false, false]);
  expect([latest([none]), latest([none, SECOND]), earliest([none])]).toEqual([undefined, SECOND, undefined]);
});

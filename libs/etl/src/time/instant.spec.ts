import fc from 'fast-check';
import { formatInstant, mondayOf, parseInstant } from './instant.js';

const LATEST = 253_402_300_799_999_999n;
const EARLIEST = -62_135_596_800_000_000n;
const instants = fc.bigInt({ min: EARLIEST, max: LATEST });

describe('instants', () => {
  it.each([
    ['2023-01-01T00:00:00Z', '2023-01-01T00:00:00.000000Z'],
    ['2023-01-01t00:00:00z', '2023-01-01T00:00:00.000000Z'],
    ['2023-01-01T00:00:00.1Z', '2023-01-01T00:00:00.100000Z'],
    ['2023-01-01T00:00:00.123456789Z', '2023-01-01T00:00:00.123456Z'],
    ['2023-01-01T00:00:00.9999999+00:00', '2023-01-01T00:00:00.999999Z'],
    ['2023-01-01T01:30:00+05:30', '2022-12-31T20:00:00.000000Z'],
    ['2023-12-31T20:00:00.000001-08:00', '2024-01-01T04:00:00.000001Z'],
    ['2024-02-29T12:00:00-00:00', '2024-02-29T12:00:00.000000Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('reads %s as %s', (text, canonical) => {
    expect(formatInstant(parseInstant(text))).toBe(canonical);
  });

  it.each([
    ['2023-01-01', 'another form'],
    ['2023-01-01T00:00:00', 'another form'],
    ['2023-01-01 00:00:00Z', 'another form'],
    ['2023-01-01T00:00:00.Z', 'another form'],
    ['2023-01-01T00:00:00.1234567890Z', 'another form'],
    ['2023-02-29T00:00:00Z', 'no day 29'],
    ['1900-02-29T00:00:00Z', 'no day 29'],
    ['2023-13-01T00:00:00Z', 'no month 13'],
    ['2023-00-01T00:00:00Z', 'no month 0'],
    ['2023-04-31T00:00:00Z', 'no day 31'],
    ['2016-12-31T23:59:60Z', 'leap seconds'],
    ['2023-01-01T24:00:00Z', 'time of day'],
    ['2023-01-01T00:00:00+24:00', 'no such offset'],
    ['0000-12-31T00:00:00Z', 'year 0'],
    ['0001-01-01T00:00:00+01:00', 'out of range'],
    ['', 'another form'],
  ])('refuses %s: %s', (text, reason) => {
    expect(() => parseInstant(text)).toThrow(reason);
  });

  it('come back from their canonical form, which is in order of time', () => {
    fc.assert(fc.property(instants, (at) => parseInstant(formatInstant(at)) === at));
    fc.assert(fc.property(instants, instants, (a, b) => (a < b) === (formatInstant(a) < formatInstant(b))));
  });

  it('agree with Date where a Date is exact', () => {
    const dates = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => parseInstant(date.toISOString()) === BigInt(date.getTime()) * 1_000n));
  });

  it('do not depend on the offset that they are written with', () => {
    const later = fc.bigInt({ min: EARLIEST + 86_400_000_000n, max: LATEST - 86_400_000_000n });
    fc.assert(
      fc.property(later, fc.integer({ min: -1439, max: 1439 }), (at, minutes) => {
        const local = formatInstant(at + BigInt(minutes) * 60_000_000n).slice(0, -1);
        const size = Math.abs(minutes);
        const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        return parseInstant(local + offset) === at;
      }),
    );
  });
});

describe('the Monday of a week', () => {
  it.each([
    ['2023-01-01T23:59:59.999999Z', '2022-12-26'],
    ['2023-01-02T00:00:00Z', '2023-01-02'],
    ['2024-12-31T12:00:00Z', '2024-12-30'],
    ['2020-02-29T00:00:00Z', '2020-02-24'],
    ['1970-01-01T00:00:00Z', '1969-12-29'],
    ['2023-01-02T00:30:00+02:00', '2022-12-26'],
  ])('of %s is %s', (text, monday) => {
    expect(mondayOf(parseInstant(text))).toBe(monday);
  });

  it('is a Monday at most six days before', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: EARLIEST + 700_000_000_000n, max: LATEST }), (at) => {
        const monday = parseInstant(`${mondayOf(at)}T00:00:00Z`);
        return new Date(Number(monday / 1_000n)).getUTCDay() === 1 && monday <= at && at - monday < 7n * 86_400_000_000n;
      }),
    );
  });
});

import fc from 'fast-check';
import { readWindow, type WindowArgs } from './window.js';

const STARTED = new Date('2026-11-21T12:00:00.250Z');

const windowOf = (args: WindowArgs) => {
  const { window, problems } = readWindow(args, STARTED);
  expect(problems).toEqual([]);
  return window;
};

const problemsOf = (args: WindowArgs) => readWindow(args, STARTED).problems;

describe('the window of a query', () => {
  it.each<[WindowArgs, string, string]>([
    [{ start: '2023-01-01', end: '2023-03-31' }, '2023-01-01T00:00:00.000000Z', '2023-03-31T00:00:00.000000Z'],
    [{ start: '2023-01-01' }, '2023-01-01T00:00:00.000000Z', '2026-11-21T12:00:00.250000Z'],
    [{ start: '2023-01-01', end: '2023-07-01', timeZone: 'Europe/Berlin' }, '2022-12-31T23:00:00.000000Z', '2023-06-30T22:00:00.000000Z'],
    [{ start: '2023-01-01T08:00', end: '2023-01-01T08:00:00.000001' }, '2023-01-01T08:00:00.000000Z', '2023-01-01T08:00:00.000001Z'],
    [{ start: '2023-01-01T08:00:00.1234567+05:30', end: '2023-01-02T00:00:00Z', timeZone: 'Asia/Tokyo' }, '2023-01-01T02:30:00.123456Z', '2023-01-02T00:00:00.000000Z'],
    // Offsets before time was standardised had seconds.
    [{ start: '1890-01-01', end: '1900-01-01', timeZone: 'Europe/Berlin' }, '1889-12-31T23:06:32.000000Z', '1899-12-31T23:00:00.000000Z'],
  ])('%j is from %s to %s', (args, start, end) => {
    expect(windowOf(args)).toEqual({ start, end });
  });

  it('starts a date whose midnight is skipped where clocks go on, and one that is skipped whole at the next', () => {
    expect(windowOf({ start: '2018-11-04', timeZone: 'America/Sao_Paulo' })?.start).toBe('2018-11-04T03:00:00.000000Z');
    expect(windowOf({ start: '2011-12-30', timeZone: 'Pacific/Apia' })?.start).toBe('2011-12-30T10:00:00.000000Z');
  });

  it('starts a date that has midnight twice at the first', () => {
    expect(windowOf({ start: '2023-11-05', timeZone: 'America/Havana' })?.start).toBe('2023-11-05T04:00:00.000000Z');
  });

  it.each<[string, WindowArgs, string, string]>([
    ['a time that clocks skip', { start: '2023-03-26T02:30:00', timeZone: 'Europe/Berlin' }, '/data_date_start', 'skip this one and go on at 2023-03-26T01:00:00.000000Z'],
    ['a time that clocks show twice', { start: '2023-10-29T02:30:00', timeZone: 'Europe/Berlin' }, '/data_date_start', 'twice, with +02:00 and with +01:00'],
    ['a zone that there is not', { start: '2023-01-01', timeZone: 'Europe/Atlantis' }, '/time_zone', 'IANA'],
    ['an offset as a zone', { start: '2023-01-01', timeZone: '+02:00' }, '/time_zone', 'IANA'],
    ['a date with an offset', { start: '2023-01-01+02:00' }, '/data_date_start', 'time_zone'],
    ['a day that there is not', { start: '2023-01-01', end: '2023-02-30' }, '/data_date_end', 'no day 30'],
    ['a leap second', { start: '2016-12-31T23:59:60Z' }, '/data_date_start', 'leap seconds'],
    ['other words', { start: 'yesterday' }, '/data_date_start', 'a date (2023-01-31)'],
    ['an empty window', { start: '2023-01-01', end: '2023-01-01' }, '/data_date_start', 'before the end'],
    ['a window turned round', { start: '2023-01-02', end: '2023-01-01' }, '/data_date_start', 'before the end'],
    ['a start in the future', { start: '2030-01-01' }, '/data_date_start', 'before the start of the run'],
    ['an offset that leads out of the calendar', { start: '9999-12-31T23:00:00-02:00' }, '/data_date_start', 'year in UTC'],
  ])('refuses %s', (_, args, path, allowed) => {
    expect(problemsOf(args)).toEqual([expect.objectContaining({ path, allowed: expect.stringContaining(allowed) as unknown })]);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ start: 'soon', end: 'later', timeZone: 'Nowhere' }).map(({ path }) => path).sort()).toEqual([
      '/data_date_end',
      '/data_date_start',
      '/time_zone',
    ]);
  });

  it('puts a date where the calendar of the zone says, in every zone', () => {
    const days = fc.date({ min: new Date('1971-01-02'), max: new Date('2036-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(days, zones, (date, timeZone) => {
        const day = date.toISOString().slice(0, 10);
        const { window } = readWindow({ start: day, end: '2040-01-01', timeZone }, STARTED);
        const at = new Date(window?.start ?? '').getTime();
        const shown = (time: number): string => new Date(time).toLocaleDateString('sv-SE', { timeZone });
        return shown(at - 1_000) < day && shown(at) >= day;
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});

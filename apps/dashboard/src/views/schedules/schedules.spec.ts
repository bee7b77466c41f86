import { EMPTY_DRAFT, findingsOf, scheduleOf } from './new-schedule.js';
import { specInWords } from './spec-words.js';

it.each([
  [{ intervalSeconds: 21_600 }, 'every 6 hours'],
  [{ intervalSeconds: 86_400, timeZone: 'UTC' }, 'every day'],
  [{ intervalSeconds: 90 }, 'every 90 seconds'],
  [{ cron: ['0 3 * * *'], timeZone: 'Europe/Vienna' }, 'cron 0 3 * * *, Europe/Vienna'],
  [{ cron: ['@daily'], jitterSeconds: 600 }, 'cron @daily, UTC, up to 10 minutes later'],
  [{ calendars: [{}, {}] }, '2 times by the calendar, UTC'],
])('says when %j starts runs', (spec, text) => {
  expect(specInWords(spec)).toBe(text);
});

describe('the form', () => {
  it('says what is wrong with what was typed', () => {
    expect(findingsOf({ ...EMPTY_DRAFT, id: 'nightly' })).toEqual({});
    expect(findingsOf({ ...EMPTY_DRAFT, id: 'every night', cron: '3 am' })).toEqual({ id: expect.stringContaining('Letters') as unknown, cron: expect.stringContaining('Five fields') as unknown });
    const interval = { ...EMPTY_DRAFT, id: 'a', when: 'interval', unit: 'days' } as const;
    expect(Object.keys(findingsOf({ ...interval, every: '1.5' }))).toEqual(['every']);
    expect(Object.keys(findingsOf({ ...interval, every: '367' }))).toEqual(['every']);
    expect(findingsOf({ ...interval, every: '366' })).toEqual({});
  });

  it('makes the schedule of it that the API takes', () => {
    expect(scheduleOf({ ...EMPTY_DRAFT, id: 'nightly', cron: ' 0  3 * * * ', timeZone: ' Europe/Vienna', note: ' ' }, 'etl-flow', { type: 'x' })).toEqual({
      id: 'nightly',
      runType: 'etl-flow',
      input: { type: 'x' },
      spec: { cron: ['0 3 * * *'], timeZone: 'Europe/Vienna' },
      overlap: 'SKIP',
      paused: false,
    });
    expect(scheduleOf({ ...EMPTY_DRAFT, id: 'often', when: 'interval', every: '15', unit: 'minutes', note: 'for a test' }, 'etl-flow', {})).toMatchObject({ spec: { intervalSeconds: 900 }, note: 'for a test' });
  });
});

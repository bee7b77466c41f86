import { formulaMillis, goals, page, type WorldFigures } from './report.js';

const figures: WorldFigures = {
  name: 'large',
  bugs: 2_000,
  proposals: 500,
  questions: 300,
  events: 20_000,
  floorRequests: 8_000,
  floorMillis: 100_000,
  requestMillis: 101,
  flowRequests: 8_000,
  flowMillis: 130_000,
  slotUse: 0.8,
  mostInFlight: 8,
  workerPeakBytes: 200 * 1_048_576,
  activities: 8,
  historyEvents: 53,
  phaseMillis: {},
  incremental: { changed: 60, requests: 799, millis: 10_000, events: 80, deeds: 50, differences: 0, mostInFlight: 8, historyEvents: 53 },
};

describe('the goals of the Launchpad benchmark', () => {
  it('are met at their limits', () => expect(goals([figures]).filter(({ met }) => !met)).toEqual([]));

  it.each([
    { flowMillis: 130_001 },
    { mostInFlight: 9 },
    { incremental: { ...figures.incremental, requests: 800 } },
    { incremental: { ...figures.incremental, mostInFlight: 9 } },
    { incremental: { ...figures.incremental, differences: 1 } },
    { incremental: { ...figures.incremental, historyEvents: 54 } },
  ])('are missed beyond them: %o', (beyond) => {
    const world = { ...figures, ...beyond };
    expect(goals([world]).filter(({ met }) => !met)).toHaveLength(1);
    expect(page([world], 3)).toContain('**no**');
  });

  it.each([{ historyEvents: 54 }, { workerPeakBytes: 231 * 1_048_576 }])('hold worlds of different sizes together: %o', (other) => {
    expect(goals([figures, { ...figures, name: 'small', ...other }]).filter(({ met }) => !met)).toHaveLength(1);
  });

  it('judge a later run by the largest world', () => {
    const small = { ...figures, name: 'small', bugs: 400, incremental: { ...figures.incremental, requests: 2_000 } };
    expect(goals([small, figures]).filter(({ met }) => !met)).toEqual([]);
  });
});

it('takes the formula from requests, latency and slots', () => expect(formulaMillis(figures)).toBe(100_000));

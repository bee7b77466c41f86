import { goals, page, type HourFigures } from './hour-report.js';

const minute = { loads: 100, workerBytes: 100_000_000 };
const figures: HourFigures = {
  datasets: 100,
  minutes: 60,
  realSeconds: 100,
  skippedSeconds: 3_600,
  fewestLoads: 43,
  mostLoads: 70,
  meanGapMillis: 60_000,
  longestGapMillis: 80_000,
  firstGapMillis: 60_000,
  lastGapMillis: 62_900,
  longestHistory: 300,
  longestUpperHistory: 300,
  inNewRuns: 100,
  upperInNewRuns: 2,
  failed: 0,
  known: 100,
  samples: Array.from({ length: 60 }, (_, index) => (index < 40 ? minute : { ...minute, workerBytes: 115_000_000 })),
};

describe('the goals of an hour', () => {
  it('are met at their limits', () => expect(goals(figures).filter(({ met }) => !met)).toEqual([]));

  it.each([
    { longestHistory: 301 },
    { longestUpperHistory: 301 },
    { lastGapMillis: 63_100 },
    { fewestLoads: 42 },
    { known: 99 },
    { samples: figures.samples.map((one, index) => (index < 40 ? one : { ...one, workerBytes: 116_000_000 })) },
  ])('are missed beyond them: %o', (beyond) => {
    const hour = { ...figures, ...beyond };
    expect(goals(hour).filter(({ met }) => !met)).toHaveLength(1);
    expect(page(hour)).toContain('**no**');
  });
});

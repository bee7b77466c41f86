import { goals, page, type SizeFigures } from './report.js';

const figures: SizeFigures = {
  name: 'medium',
  tables: 2_000,
  columns: 41_000,
  rows: 50_000,
  copyMillis: 500,
  bareMillis: 1_000,
  barePeakBytes: 100 * 1_048_576,
  wholeMillis: 3_200,
  workerPeakBytes: 240 * 1_048_576,
  statements: 70,
  activities: 15,
};

describe('the goals of the SQL metadata benchmark', () => {
  it('are met exactly at their limits', () => expect(goals([figures]).every(({ met }) => met)).toBe(true));

  it.each([
    { wholeMillis: 3_201 },
    { workerPeakBytes: 250 * 1_048_576 },
    { statements: 71 },
    { activities: 16 },
  ])('are missed beyond them: %o', (beyond) => {
    const missed = goals([{ ...figures, ...beyond }]).filter(({ met }) => !met);
    expect(missed).toHaveLength(1);
    expect(page([{ ...figures, ...beyond }], 5)).toContain('**no**');
  });

  it('hold the peaks of different sizes together', () => {
    const missed = goals([figures, { ...figures, name: 'large', workerPeakBytes: 200 * 1_048_576 }]).filter(({ met }) => !met);
    expect(missed.map(({ measured }) => measured)).toEqual(['20.0 %']);
  });
});

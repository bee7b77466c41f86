import { barsOf, seriesOf, ticksFor } from './chart.js';

const week = (day: string, type: string, count: number) => ({ week: day, type, count });
const SUMMARY = {
  from: '2025-12-22',
  to: '2026-01-12',
  total: 10,
  weeks: [week('2025-12-22', 'bug.created', 2), week('2025-12-22', 'answer.given', 1), week('2026-01-12', 'bug.created', 7)],
};

it('has a bar for each week, over the turn of the year and where nothing happened', () => {
  const bars = barsOf(SUMMARY, seriesOf(SUMMARY));
  expect(bars.map(({ week: monday, total }) => [monday, total])).toEqual([
    ['2025-12-22', 3],
    ['2025-12-29', 0],
    ['2026-01-05', 0],
    ['2026-01-12', 7],
  ]);
  expect(bars[0]?.parts.map(({ series, count, below }) => [series.name, count, below])).toEqual([
    ['bug.created', 2, 0],
    ['answer.given', 1, 2],
  ]);
});

it('leaves series out that are not shown', () => {
  const [, answers] = seriesOf(SUMMARY);
  expect(barsOf(SUMMARY, answers ? [answers] : []).map(({ total }) => total)).toEqual([1, 0, 0, 0]);
});

it('puts the types beyond the colours together, and loses none of their events', () => {
  const weeks = Array.from({ length: 12 }, (_, at) => week('2026-01-12', `type-${at}`, 12 - at));
  const series = seriesOf({ ...SUMMARY, weeks, omitted: { types: 3, events: 5 } });
  expect(series).toHaveLength(8);
  expect(series[7]).toMatchObject({ name: 'Other types (8)', total: 5 + 4 + 3 + 2 + 1, color: 8 });
  expect(series.reduce((sum, { total }) => sum + total, 0)).toBe(78);
});

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [100, [0, 25, 50, 75, 100]],
  [1_234, [0, 500, 1_000, 1_500]],
])('has round values up to %d', (most, ticks) => {
  expect(ticksFor(most)).toEqual(ticks);
});

import type { Figures, LaneFigures, SideFigures } from './figures.js';
import { together } from './load.js';
import { goals, page } from './report.js';
import { median, quantile } from './statistics.js';

const side: SideFigures = { answered: 1_000, errors: {}, perSecond: 200, medianMillis: 20, p99Millis: 80 };
const lane: LaneFigures = { api: side, bare: side, needed: side, cpuMillisPerAnswer: 1, lagP99Millis: 5 };
const count = { started: 1_000, found: 1_000, lost: 0, doubled: 0, otherAnswer: 0 };
const memory = { idleBytes: 1e8, beforeBytes: 1e8, roundBytes: [1e8], afterBytes: 1.19e8, mostBytes: 1.19e8 };
const figures: Figures = {
  sizes: { runs: 10_000, clients: 50, starts: 1_000, rounds: 3, seconds: 5 },
  seedMillis: 60_000,
  listed: { all: 10_000, distinct: 10_000 },
  status: lane,
  list: lane,
  starts: { ...lane, count, bareCount: count },
  memory,
};

describe('the goals of the benchmark of the API', () => {
  it('are met at their limits', () => expect(goals(figures).filter(({ met }) => !met)).toEqual([]));

  it.each<Partial<Figures>>([
    { list: { ...lane, api: { ...side, errors: { '503 API_BUSY': 1 } } } },
    { listed: { all: 10_001, distinct: 10_000 } },
    { listed: { all: 9_999, distinct: 9_999 } },
    { memory: { ...memory, afterBytes: 1.2e8 } },
    { memory: { ...memory, mostBytes: 1.2e8 } },
    { starts: { ...figures.starts, count: { ...count, found: 999, lost: 1 } } },
    { starts: { ...figures.starts, count: { ...count, found: 1_001, doubled: 1 } } },
    { starts: { ...figures.starts, count: { ...count, otherAnswer: 1 } } },
  ])('are missed beyond them: %j', (beyond) => {
    const found = { ...figures, ...beyond };
    expect(goals(found).filter(({ met }) => !met)).toHaveLength(1);
    expect(page(found, { loadBefore: 1, loadAfter: 2 })).toContain('**no**');
  });

  it('do not ask for bare calls without errors', () => {
    const bare = { ...side, errors: { 'at its limits': 3 } };
    expect(goals({ ...figures, list: { ...lane, bare, needed: bare } }).every(({ met }) => met)).toBe(true);
  });
});

it('takes the middle and the hundredth part that took longest', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(quantile(Array.from({ length: 100 }, (_, index) => index), 0.99)).toBe(99);
  expect(median([])).toBeNaN();
});

it('adds up loads, their errors by message', () => {
  const part = { millis: [1, 2], errors: { refused: 1 }, elapsedMillis: 10 };
  expect(together([part, { ...part, errors: { refused: 2, late: 1 } }])).toEqual({ millis: [1, 2, 1, 2], errors: { refused: 3, late: 1 }, elapsedMillis: 20 });
});

import { goals, median, page, type Figures } from './report.js';

const pair = { framework: [1_200], bare: [1_000] };
const events = { children: 100, started: 20, one: 10, all: 11, rotation: 11, bareAll: 404 };
const step = {
  entities: 100,
  changeMicros: 10,
  changeAndCycleMicros: 20,
  fromChildMicros: 30,
  actionMicros: 40,
  relateMicros: 50,
  sharedMicros: 60,
  startOfAllMillis: 5,
  carryMillis: 1,
  carryBytes: 20_480,
};
const figures: Figures = {
  children: 1_000,
  few: 100,
  rounds: 3,
  samples: 7,
  start: pair,
  down: pair,
  up: pair,
  all: pair,
  byParent: [2_000],
  literal: pair,
  reference: [1_000],
  store: { children: 1_000, writeMillis: 1, events: 0, fresh: 1_000 },
  events: [events, { ...events, children: 1_000 }],
  steps: [step, { ...step, entities: 20_000, changeMicros: 40 }],
};

describe('the goals of the benchmark of hierarchies', () => {
  it('are met at their limits', () => expect(goals(figures).filter(({ met }) => !met)).toEqual([]));

  it.each([
    { literal: { framework: [1_201], bare: [1_000] } },
    { store: { ...figures.store, events: 1 } },
    { store: { ...figures.store, fresh: 999 } },
    { events: [events, { ...events, children: 1_000, all: 12 }] },
    { events: [events, { ...events, children: 1_000, one: 11 }] },
    { steps: [step, { ...step, relateMicros: 201 }] },
  ])('are missed beyond them: %o', (beyond) => {
    const found = { ...figures, ...beyond };
    expect(goals(found).filter(({ met }) => !met)).toHaveLength(1);
    expect(page(found, { loadBefore: 1, loadAfter: 2 })).toContain('**no**');
  });
});

it('takes the middle of several times', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
});

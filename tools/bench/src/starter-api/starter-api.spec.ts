import { Bed } from './bed.js';
import { measure } from './measure.js';
import { goals } from './report.js';

it('measures the API over a few runs, and finds each start once', async () => {
  const bed = await Bed.start(2, false);
  try {
    const figures = await measure(bed, { runs: 20, clients: 2, starts: 10, rounds: 1, seconds: 0.2 }, () => undefined);
    const missed = goals(figures).filter(({ goal, met }) => !met && !/memory|most/.test(goal));
    expect(missed).toEqual([]);
    const { status, list, starts, memory } = figures;
    for (const { api, bare, needed, cpuMillisPerAnswer } of [status, list, starts]) {
      expect(Math.min(api.answered, bare.answered, needed.answered)).toBeGreaterThan(0);
      expect(cpuMillisPerAnswer).toBeGreaterThan(0);
    }
    expect(starts.api.answered).toBe(20);
    expect(starts.bareCount).toEqual({ started: 10, found: 10, lost: 0, doubled: 0, otherAnswer: 0 });
    expect(memory.mostBytes).toBeGreaterThan(10_000_000);
  } finally {
    await bed.stop();
  }
}, 120_000);

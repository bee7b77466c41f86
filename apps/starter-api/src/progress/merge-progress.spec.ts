import type { ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import { mergeProgress } from './merge-progress.js';

const progress: ExtractionProgress = {
  phase: 'extracting',
  done: 100,
  total: 1_000,
  rate: 10,
  phaseMillis: { checking: 400, planning: 600 },
  batches: [
    { database: 'a', kind: 'schema', state: 'done', done: 100, total: 100 },
    { database: 'a', kind: 'column', state: 'running', done: 0, total: 500 },
    { database: 'b', kind: 'column', state: 'planned', done: 0, total: 400 },
  ],
};
const beat = (database: string, kind: string, done: number) => ({ database, kind, done });

describe('mergeProgress', () => {
  it('adds what running batches have done, and the rate of all', () => {
    expect(mergeProgress(progress, [beat('a', 'column', 200)], 3_000)).toMatchObject({
      done: 300,
      total: 1_000,
      rate: 150,
      batches: [{ done: 100 }, { done: 200, total: 500 }, { done: 0 }],
    });
  });

  it('leaves alone what no heartbeat is about', () => {
    expect(mergeProgress(progress, [], 3_000)).toBe(progress);
    expect(mergeProgress(progress, [beat('z', 'column', 5)], 3_000)).toBe(progress);
    // Late heartbeats of batches that are done, or not yet seen to run.
    expect(mergeProgress(progress, [beat('a', 'schema', 700), beat('b', 'column', 7)], 3_000)).toBe(progress);
  });

  it('never shows more done than there is', () => {
    const merged = mergeProgress(progress, [beat('a', 'column', 5_000)], 0);
    expect(merged).toMatchObject({ done: 5_100, total: 5_100, rate: 10 });
    expect(merged.batches[1]).toMatchObject({ done: 5_000, total: 5_000 });
  });
});

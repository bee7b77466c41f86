import type { AppFigures, Figures, Measured } from './figures.js';
import { goals, page } from './report.js';

const measured: Measured = {
  start: { millis: [2_000], readyMillis: 2_000, firstAnswerMillis: 1_500, cpuMillis: 1_000 },
  idle: { memoryBytes: 1e8, residentBytes: 1.2e8 },
};
const app: AppFigures = {
  start: { ...measured.start, cpuMillis: 2_000 },
  idle: measured.idle,
  size: { totalBytes: 190e6, baseBytes: 100e6, addedCompressedBytes: 30e6, budgetBytes: 90e6 },
  requestedBytes: 1e8,
};
const withApp = (change: Partial<AppFigures>): Figures => ({
  starts: 1,
  idleSeconds: 60,
  baseImage: 'base',
  apps: { 'sql-metadata-worker': { ...app, ...change } },
  floors: { worker: measured, server: measured },
});

describe('the goals of the benchmark of images', () => {
  it('are met at their limits', () => expect(goals(withApp({})).map(({ met }) => met)).toEqual([true, true, true]));

  it.each<Partial<AppFigures>>([
    { size: { ...app.size, totalBytes: app.size.totalBytes + 1 } },
    { start: { ...app.start, cpuMillis: 2_001 } },
    { idle: { ...app.idle, memoryBytes: 1e8 + 1 } },
  ])('are missed beyond them: %j', (change) => expect(goals(withApp(change)).filter(({ met }) => !met)).toHaveLength(1));

  it('have a page that tells what is measured', () => {
    expect(page(withApp({}), { loadBefore: 0.1, loadAfter: 0.2 })).toContain('| sql-metadata-worker | 190.0 | 100.0 | 90.0 | 30.0 | 90.0 |');
  });
});

import { waitFor } from '@tributary/testing/stack';
import type { Run } from '../schemas.js';
import { RunWatches } from './run-watches.js';

describe('RunWatches', () => {
  it('reads a run once for all who watch it, and no more when all have left', async () => {
    let reading = 0;
    let most = 0;
    let reads = 0;
    const watches = new RunWatches({
      intervalMs: 1,
      read: async () => {
        most = Math.max(most, ++reading);
        reads++;
        await new Promise(setImmediate);
        reading--;
        return { status: 'running' } as Run;
      },
    });
    const watchers = Array.from({ length: 20 }, () => watches.watch('w', 'r'));
    for (const { updates } of watchers) expect(await updates.take(5_000)).toEqual({ value: { run: { status: 'running' } } });
    expect(most).toBe(1);
    expect(watches.size).toBe(1);
    for (const { unwatch } of watchers) unwatch();
    await waitFor('the reading to end', () => watches.size === 0);
    const after = reads;
    await new Promise(setImmediate);
    expect(reads).toBe(after);
  });

  it('pauses between two readings', async () => {
    const watches = new RunWatches({ intervalMs: 60, read: () => Promise.resolve({ status: 'running' } as Run) });
    const { updates } = watches.watch('w', 'r');
    const before = performance.now();
    for (let n = 0; n < 4; n++) await updates.take(5_000);
    expect(performance.now() - before).toBeGreaterThan(150);
    watches.close();
  });

  it('tells of a run that cannot be read, and goes on', async () => {
    const answers: (() => Promise<Run>)[] = [() => Promise.reject(new Error('down')), () => Promise.resolve({} as Run)];
    const watches = new RunWatches({ intervalMs: 1, read: () => (answers.shift() ?? (() => Promise.resolve({} as Run)))() });
    const { updates } = watches.watch('w', 'r');
    expect(await updates.take(5_000)).toMatchObject({ value: { error: expect.any(Error) as Error } });
    expect(await updates.take(5_000)).toEqual({ value: { run: {} } });
    watches.close();
    expect(await updates.take(5_000)).toBe('closed');
    expect(await watches.watch('w', 'r').updates.take(5_000)).toBe('closed');
  });
});

import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { inLanes } from './in-lanes.js';

it('does each piece once, so many at a time', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await new MockActivityEnvironment().run(() =>
    inLanes(50, 5, async (place) => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      done.push(place);
    }),
  );
  expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(most).toBe(5);
});

it('goes on where the last try was, with what it had found', async () => {
  const beats: unknown[] = [];
  const first = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  first.on('heartbeat', (details: unknown) => beats.push(details));
  const failed = { gone: [] as number[] };
  const work = (report: { gone: number[] }, dieAt: number, done: number[]) => async (place: number): Promise<void> => {
    if (place === dieAt) throw new Error('the worker died');
    if (place % 10 === 3) report.gone.push(place);
    done.push(place);
  };
  await expect(first.run(() => inLanes(100, 4, work(failed, 70, []), failed))).rejects.toThrow('the worker died');
  const report = { gone: [] as number[] };
  const done: number[] = [];
  await new MockActivityEnvironment({ heartbeatDetails: beats.at(-1) }).run(() => inLanes(100, 4, work(report, -1, done), report));
  expect(Math.min(...done)).toBeGreaterThan(40);
  expect(report.gone.sort((a, b) => a - b)).toEqual([3, 13, 23, 33, 43, 53, 63, 73, 83, 93]);
});

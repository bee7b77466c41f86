import type { State } from '@temporalio/worker';
import { waitForEnd } from './wait-for-end.js';

const never = new Promise<void>(() => undefined);
const worker = (state: State) => ({ getState: () => state });

it('waits as long as there is work, and ends as the worker does', async () => {
  let end: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (end = resolve));
  const ended = waitForEnd(worker('DRAINING'), running);
  end();
  await ended;
  await expect(waitForEnd(worker('FAILED'), Promise.reject(new Error('why')))).rejects.toThrow('why');
});

it('does not wait for the farewell of a worker whose work is done', async () => {
  const since = performance.now();
  await waitForEnd(worker('STOPPED'), never);
  expect(performance.now() - since).toBeLessThan(5_000);
});

it('says so when the work was not done', async () => {
  await expect(waitForEnd(worker('FAILED'), never)).rejects.toThrow(/did not drain/);
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from '@temporalio/worker';
import { endBudget } from './worker-options.js';

const LOOK_EVERY_MS = 50;

/**
 * Waits for the end of a worker that was told to drain. The SDK ends it with a call to the server: where that does not
 * answer, the worker has ended without it once nothing is left to be done.
 * @throws Error what `running` rejects with; after the SDK's own time for draining also where `running` does not settle
 */
export async function waitForEnd(worker: Pick<Worker, 'getState'>, running: Promise<void>): Promise<void> {
  const over = new AbortController();
  await Promise.race([running, withoutFarewell(worker, over.signal)]).finally(() => over.abort());
}

async function withoutFarewell(worker: Pick<Worker, 'getState'>, over: AbortSignal): Promise<void> {
  let doneSince = Infinity;
  while (!over.aborted && performance.now() - doneSince < endBudget.farewellMs) {
    const state = worker.getState();
    if (doneSince === Infinity && (state === 'STOPPED' || state === 'FAILED')) doneSince = performance.now();
    await sleep(LOOK_EVERY_MS);
  }
  if (worker.getState() === 'FAILED') throw new Error('the worker did not drain, and the server does not answer');
}

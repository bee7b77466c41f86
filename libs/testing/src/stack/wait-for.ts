import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `condition` again and again until it holds. @throws Error that names `what` after `timeoutMs` */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
  intervalMs = 50,
): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`Waited ${String(timeoutMs)} ms in vain for ${what}`);
    await sleep(intervalMs);
  }
}

import { sleep } from '@temporalio/workflow';
import type { EntityStart } from '../../workflow/contract.js';
import { Source as current } from './workflows.js';

/** A source as a careless change would leave it: it waits first. Only replay.spec.ts runs it, and must refuse it. */
export async function Source(start: EntityStart, ...parts: string[]): Promise<void> {
  await sleep(1000);
  return current(start, ...parts);
}

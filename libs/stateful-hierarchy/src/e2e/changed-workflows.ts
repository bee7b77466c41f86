// What a careless change looks like: the organization waits before it begins, without a patch.
import { sleep } from '@temporalio/workflow';
import { OrganizationWorkflow as current } from '../workflows/index.js';

export async function OrganizationWorkflow(...args: Parameters<typeof current>): Promise<void> {
  await sleep(10);
  await current(...args);
}

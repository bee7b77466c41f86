import { sleep } from '@temporalio/workflow';

export async function nap(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

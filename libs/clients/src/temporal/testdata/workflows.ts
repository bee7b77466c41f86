import { ApplicationFailure, condition, defineQuery, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

interface Activities {
  echo(value: string): Promise<string>;
  fail(value: string): Promise<never>;
}

const { echo, fail } = proxyActivities<Activities>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } });

export const sayMore = defineSignal<[string]>('sayMore');
export const correct = defineUpdate<string, [string]>('correct');
export const heard = defineQuery<string, [string]>('heard');

/** Takes its input everywhere a payload can go, then waits for a signal. */
export async function carry(secret: string): Promise<string> {
  let more: string | undefined;
  setHandler(sayMore, (value) => {
    more = value;
  });
  setHandler(correct, (value) => `${value} (corrected)`);
  setHandler(heard, (value) => `${value} and ${more ?? 'nothing'}`);
  const echoed = await echo(secret);
  await fail(secret).catch(() => undefined);
  await condition(() => more !== undefined);
  return `${echoed} ${await echo(more ?? '')}`;
}

/** Fails with its input in the message, the details and a cause. */
export async function failWith(secret: string): Promise<void> {
  const cause = new Error(`cause ${secret}`);
  throw ApplicationFailure.create({ message: `failed: ${secret}`, type: 'SPEC', nonRetryable: true, details: [secret], cause });
}

import { CancellationScope } from '@temporalio/workflow';

/**
 * Runs `work` on every item, at most `limit` at a time, and returns the results in order of the items. When one fails
 * the others are cancelled and waited for, so that nothing still runs when the error reaches the caller.
 */
export async function inParallel<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  const scope = new CancellationScope();
  return scope.run(async () => {
    const lanes = Array.from({ length: Math.min(limit, items.length) }, lane);
    try {
      await Promise.all(lanes);
    } catch (error) {
      scope.cancel();
      await Promise.allSettled(lanes);
      throw error;
    }
    return results;
  });
}

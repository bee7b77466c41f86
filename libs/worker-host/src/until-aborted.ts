/**
 * The result of `work`, unless `signal` aborts before. What comes too late is given to `discard`, since nobody else would
 * close it.
 * @throws the reason of the signal
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, discard: (late: T) => Promise<unknown>): Promise<T> {
  const forget = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const leave = (): void => {
      work.then(discard).catch(() => undefined);
      reject(signal.reason as Error);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true, signal: forget.signal });
  });
  return Promise.race([work, aborted]).finally(() => forget.abort());
}

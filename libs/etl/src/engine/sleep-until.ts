/** Longest sleep without a look around; also for timers, which cannot wait for ever. */
const LONGEST = 5_000;

/** Resolves at `due` (of `performance.now()`), when `changed` does, or after five seconds; rejects when the signal aborts. */
export async function sleepUntil(due: number, changed: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let abort = (): void => undefined;
  try {
    await Promise.race([
      changed,
      new Promise<void>((resolve, reject) => {
        timer = setTimeout(resolve, Math.max(0, Math.min(due - performance.now(), LONGEST)));
        abort = () => reject(signal.reason as Error);
        signal.addEventListener('abort', abort, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** The iterator's next result; rejects at once when the signal aborts, whatever the iterator then does. */
export async function nextOrAborted<T>(iterator: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T>> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  const next = iterator.next();
  // When the abort comes first, nobody is left to hear of an error of the iterator.
  next.catch(() => undefined);
  try {
    return await Promise.race([next, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Tells an iterator that no more is wanted. It may be stuck where an abort does not reach it, so nobody waits for it. */
export function letGo(iterator: AsyncIterator<unknown>): void {
  iterator.return?.(undefined).catch(() => undefined);
}

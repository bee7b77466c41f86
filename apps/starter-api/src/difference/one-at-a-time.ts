/** Runs one piece of work after the other: of what takes much memory, so that callers add up in time alone. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when what was asked for before has ended; not at all when `signal` says so before. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = this.last.then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** Hands over the latest of a stream of values: a reader that is slow misses some, and nothing piles up. */
export class Mailbox<T> {
  private latest: T | undefined;
  private filled = false;
  private closed = false;
  private wake: (() => void) | undefined;

  /** Replaces what has not been taken yet. */
  put(value: T): void {
    this.latest = value;
    this.filled = true;
    this.wake?.();
  }

  /** Ends every wait, now and later. */
  close(): void {
    this.closed = true;
    this.wake?.();
  }

  /** The latest value as soon as there is one; `'quiet'` when there was none for `ms`; `'closed'`. */
  async take(ms: number): Promise<{ readonly value: T } | 'quiet' | 'closed'> {
    if (!this.filled && !this.closed) await this.wait(ms);
    if (this.closed) return 'closed';
    if (!this.filled) return 'quiet';
    const value = this.latest as T;
    this.latest = undefined;
    this.filled = false;
    return { value };
  }

  private async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}

import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** Longest single wait; a later time is waited for in pieces. */
const LONGEST_MS = 24 * 3_600_000;

/**
 * One timer that rings at or before the time asked for. It is replaced only for an earlier time: each timer that is
 * started or cancelled is an event in the history.
 */
export class Alarm {
  rang = false;
  private time = Infinity;
  private scope: CancellationScope | undefined;

  /** `time`: milliseconds since 1970; undefined for never. */
  set(time: number | undefined): void {
    if (time === undefined || time >= this.time) return;
    this.cancel();
    const now = Date.now();
    this.time = Math.min(time, now + LONGEST_MS);
    const scope = new CancellationScope();
    this.scope = scope;
    void this.wait(scope, Math.max(1, this.time - now));
  }

  /** Takes note of a ring. */
  clear(): void {
    this.rang = false;
  }

  cancel(): void {
    this.scope?.cancel();
    this.scope = undefined;
    this.time = Infinity;
  }

  private async wait(scope: CancellationScope, ms: number): Promise<void> {
    try {
      await scope.run(() => sleep(Math.ceil(ms)));
    } catch (error) {
      if (isCancellation(error)) return;
      throw error;
    }
    if (this.scope !== scope) return;
    this.scope = undefined;
    this.time = Infinity;
    this.rang = true;
  }
}

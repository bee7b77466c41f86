export interface RetryPolicy {
  /** Requests sent for one call, at most. @default 4 */
  readonly attempts: number;
  /** Milliseconds that one call waits between its requests, in all. @default 20000 */
  readonly waitMs: number;
  /** Milliseconds that the first wait is at most; it doubles from one to the next. @default 500 */
  readonly firstWaitMs: number;
  /** Milliseconds until an answer begins, and again until it has ended. @default 60000 */
  readonly timeoutMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 4, waitMs: 20_000, firstWaitMs: 500, timeoutMs: 60_000 };

/** Waits of one call: full jitter that doubles, bounded in all. */
export class Backoff {
  #left: number;
  #next: number;

  constructor({ waitMs, firstWaitMs }: RetryPolicy) {
    this.#left = waitMs;
    this.#next = firstWaitMs;
  }

  /**
   * Milliseconds to wait before the next request, or undefined when there is no time left. A host that names a time
   * gets it if it is short; a long one is a guess of the server (Launchpad's is always 900 s) and isn't waited for here.
   */
  next(retryAfterSeconds: number | undefined): number | undefined {
    if (this.#left <= 0) return undefined;
    const asked = (retryAfterSeconds ?? 0) * 1000;
    const jitter = Math.floor(Math.random() * this.#next);
    this.#next *= 2;
    const wait = Math.min(asked <= this.#left ? asked + jitter : jitter, this.#left);
    this.#left -= wait;
    return wait;
  }
}

/** Seconds that a Retry-After header asks for, be it a number or a date. */
export function retryAfterSeconds(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

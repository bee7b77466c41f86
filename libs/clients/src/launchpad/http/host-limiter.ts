import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { performance } from 'node:perf_hooks';
import { inFlight, slotWaits } from './http-metrics.js';

/** Requests in flight per host unless told otherwise. */
export const DEFAULT_SLOTS = 8;

interface Waiting {
  readonly start: () => void;
  readonly since: number;
}

/**
 * Bounds the requests in flight to one host, first come first served, and holds the connections for them: as many as
 * there are slots, kept open between requests.
 */
export class HostLimiter {
  readonly host: string;
  readonly agent: HttpAgent;
  #slots: number;
  #inFlight = 0;
  #highest = 0;
  #pausedUntil = 0;
  #wake: NodeJS.Timeout | undefined;
  readonly #queue = new Set<Waiting>();

  /** @param origin `https://api.launchpad.net` */
  constructor(origin: string, slots = DEFAULT_SLOTS) {
    const { protocol, host } = new URL(origin);
    this.host = host;
    this.#slots = slots;
    const Agent = protocol === 'https:' ? HttpsAgent : HttpAgent;
    // Node lets its own agents use HTTP_PROXY, HTTPS_PROXY and NO_PROXY by this switch; ours follow it.
    const proxy = process.env['NODE_USE_ENV_PROXY'] === '1' ? { proxyEnv: process.env } : {};
    this.agent = new Agent({ keepAlive: true, maxSockets: slots, maxFreeSockets: slots, ...proxy });
  }

  get slots(): number {
    return this.#slots;
  }

  set slots(slots: number) {
    this.#slots = slots;
    this.agent.maxSockets = slots;
    this.agent.maxFreeSockets = slots;
    this.#startNext();
  }

  /** Requests that are waiting for a slot. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Most requests that were in flight at once. */
  get highWaterMark(): number {
    return this.#highest;
  }

  /** Runs `task` in a slot. Rejects with the signal's reason when that is aborted before. */
  async run<R>(task: () => Promise<R>, signal?: AbortSignal): Promise<R> {
    await this.#slot(signal);
    try {
      return await task();
    } finally {
      this.#inFlight--;
      this.#report();
      this.#startNext();
    }
  }

  /** Starts no request for this long, because the host asked for it. */
  pause(millis: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + millis);
    this.#startNext();
  }

  /** Closes the connections that no request uses. */
  close(): void {
    this.agent.destroy();
  }

  #slot(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const abort = (): void => {
        this.#queue.delete(waiting);
        reject(signal?.reason as Error);
      };
      const waiting: Waiting = {
        since: performance.now(),
        start: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#queue.add(waiting);
      this.#startNext();
    });
  }

  #startNext(): void {
    const paused = this.#pausedUntil - performance.now();
    if (paused > 0) {
      if (this.#wake === undefined) this.#wake = setTimeout(() => this.#awake(), paused);
      return;
    }
    for (const waiting of this.#queue) {
      if (this.#inFlight >= this.#slots) return;
      this.#queue.delete(waiting);
      this.#inFlight++;
      this.#highest = Math.max(this.#highest, this.#inFlight);
      slotWaits.observe({ host: this.host }, (performance.now() - waiting.since) / 1000);
      this.#report();
      waiting.start();
    }
  }

  #awake(): void {
    this.#wake = undefined;
    this.#startNext();
  }

  #report(): void {
    inFlight.set({ host: this.host }, this.#inFlight);
  }
}

const limiters = new Map<string, { readonly limiter: HostLimiter; asked?: number }>();

/**
 * The limiter that everything in this process shares for a host.
 * @param slots requests in flight; the smallest number that anybody asked for holds. @default 8
 */
export function hostLimiter(origin: string, slots?: number): HostLimiter {
  let known = limiters.get(origin);
  if (!known) limiters.set(origin, (known = { limiter: new HostLimiter(origin) }));
  if (slots !== undefined && slots < (known.asked ?? Infinity)) {
    known.asked = slots;
    known.limiter.slots = slots;
  }
  return known.limiter;
}

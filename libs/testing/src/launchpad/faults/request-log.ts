import type { RequestFacts } from './faults.js';

export interface LoggedRequest extends RequestFacts {
  /** Path and query as they came. */
  readonly url: string;
  readonly userAgent: string | undefined;
  /** Name of the caller; undefined: anonymous, or not known. */
  caller: string | undefined;
  /** 0 while it is not answered, or when the connection was cut. */
  status: number;
  /** Milliseconds from its arrival to its end. */
  millis: number;
  bytes: number;
}

const KEPT = 200_000;

/** What was asked of the server: the last 100,000 requests at least. Credentials are not kept. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  #inFlight = 0;
  #peak = 0;

  /** The most requests that were in flight at one time. */
  get peak(): number {
    return this.#peak;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  begin(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.splice(0, KEPT / 2);
    this.#inFlight += 1;
    this.#peak = Math.max(this.#peak, this.#inFlight);
  }

  end(): void {
    this.#inFlight -= 1;
  }

  count(test: (entry: LoggedRequest) => boolean = () => true): number {
    return this.entries.filter(test).length;
  }

  clear(): void {
    this.entries.length = 0;
    this.#peak = this.#inFlight;
  }
}

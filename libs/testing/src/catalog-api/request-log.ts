/** One request, as the API saw it. Its token is not kept, only which generation it was of. */
export interface CatalogRequest {
  /** Counts from 1. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Generation of the token: 0 for one that is not known, undefined for none. */
  readonly generation: number | undefined;
  /** Generation that was current when it came. */
  readonly current: number;
  /** 0 while it is not answered. */
  status: number;
}

const KEPT = 200_000;

/** What was asked of the API: the last 100,000 requests at least. */
export class CatalogLog {
  readonly entries: CatalogRequest[] = [];
  #count = 0;

  begin(request: Omit<CatalogRequest, 'number' | 'status'>): CatalogRequest {
    this.#count += 1;
    const entry = { ...request, number: this.#count, status: 0 };
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.splice(0, KEPT / 2);
    return entry;
  }

  /** Number of the latest request. */
  get latest(): number {
    return this.#count;
  }

  /** Those after the request of that number. */
  after(number: number): CatalogRequest[] {
    return this.entries.filter((entry) => entry.number > number);
  }
}

import type { Failure } from './http/classify.js';

/** What has been learned about a server's pages, shared by the collections that a client reads. */
export interface PageLimits {
  /** Entries that the server gives at most. */
  most: number;
  /** Bytes of a page that are read at most. */
  readonly bytes: number;
  /** Milliseconds after which a page counts as slow. */
  readonly slowMs: number;
}

/** Bytes of a page of one entry, which cannot get smaller. */
const SINGLE_BYTES = 64 * 1024 * 1024;
const GOOD_PAGES = 3;
/** Of the bytes allowed, what a page of twice the size may have by the last one's measure. */
const FILL = 0.75;

/** Entries to ask for: fewer when the server cannot give as many, and more again when pages go well. */
export class PageSize {
  #size: number;
  #good: number;
  #slow = 0;

  constructor(
    private readonly wanted: number,
    private readonly limits: PageLimits,
    start: { readonly size?: number; readonly good?: number } = {},
  ) {
    this.#size = Math.min(start.size ?? wanted, this.most);
    this.#good = start.good ?? 0;
  }

  get size(): number {
    return this.#size;
  }

  get most(): number {
    return Math.min(this.wanted, this.limits.most);
  }

  /** What a cursor has to remember. */
  get state(): { readonly size?: number; readonly good?: number } {
    return this.#size < this.most ? { size: this.#size, good: this.#good } : {};
  }

  get limitBytes(): number {
    return this.#size === 1 ? SINGLE_BYTES : this.limits.bytes;
  }

  /** Gets smaller if that may help; true when the page is to be asked for again at once. */
  shrink({ heavy, pageCap }: Failure): boolean {
    this.#good = 0;
    if (pageCap !== undefined) {
      if (pageCap < 1 || pageCap >= this.#size) return false;
      this.limits.most = Math.min(this.limits.most, pageCap);
      this.#size = pageCap;
      return true;
    }
    if (heavy === 'large') {
      if (this.#size === 1) return false;
      this.#divide(2);
      return true;
    }
    // The first failure may be an accident, also of another cause; from the second on time is worth more than size.
    this.#slow++;
    if (heavy === 'slow' || this.#slow > 1) this.#divide(this.#slow > 1 ? 4 : 2);
    return false;
  }

  /** The server answered with pages of another size than asked for. */
  adopt(size: number): void {
    this.limits.most = Math.min(this.limits.most, size);
    this.#size = size;
  }

  /** A page went well. */
  grow(bytes: number, millis: number): void {
    this.#slow = 0;
    this.#good++;
    const light = bytes * 2 <= this.limits.bytes * FILL && millis < this.limits.slowMs;
    if (this.#good < GOOD_PAGES || !light) return;
    this.#good = 0;
    this.#size = Math.min(this.most, this.#size * 2);
  }

  #divide(by: number): void {
    this.#size = Math.max(1, Math.floor(this.#size / by));
  }
}

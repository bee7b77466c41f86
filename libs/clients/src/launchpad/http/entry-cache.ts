/** An answer that may be asked for again by its ETag. */
export interface CachedAnswer {
  readonly etag: string;
  readonly text: string;
}

const MOST_TEXT = 65_536;

/** The answers used last, by URL. Big ones are not kept. */
export class EntryCache {
  readonly #answers = new Map<string, CachedAnswer>();

  constructor(private readonly size: number) {}

  get(url: string): CachedAnswer | undefined {
    const answer = this.#answers.get(url);
    if (answer) {
      this.#answers.delete(url);
      this.#answers.set(url, answer);
    }
    return answer;
  }

  put(url: string, etag: string, text: string): void {
    this.#answers.delete(url);
    if (this.size === 0 || text.length > MOST_TEXT) return;
    this.#answers.set(url, { etag: withoutGzip(etag), text });
    if (this.#answers.size > this.size) this.#answers.delete(this.#answers.keys().next().value ?? '');
  }
}

/** Front ends that pack answers add a suffix to the tag, which Launchpad then does not recognise. */
function withoutGzip(etag: string): string {
  return etag.replace(/-gzip("?)$/, '$1');
}

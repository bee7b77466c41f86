/** Has all who ask for the same while it is being read share one answer, or one error. */
export class SharedReads<T> {
  private readonly reading = new Map<string, Promise<T>>();

  /** The answer of a read of `key` that is under way, or else of `read`. */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const earlier = this.reading.get(key);
    if (earlier) return earlier;
    const answer = read().finally(() => this.reading.delete(key));
    this.reading.set(key, answer);
    return answer;
  }
}

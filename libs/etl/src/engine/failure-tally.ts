/**
 * Tells failures of units from failures of their source. A failure counts against its unit only when something else
 * succeeded after it; failures of many units with no success between them are the source's, and count against none.
 */
export class FailureTally {
  /** Failures since the last success, by unit. */
  readonly #suspects = new Map<string, number>();
  /** Failures that count, not yet noted in the ledger. */
  readonly #counted = new Map<string, number>();

  /** @param limit units that fail in a row when the source does */
  constructor(private readonly limit: number) {}

  /** The source has answered for `unit`. */
  success(unit: string): void {
    this.#suspects.delete(unit);
    for (const [key, times] of this.#suspects) this.#counted.set(key, (this.#counted.get(key) ?? 0) + times);
    this.#suspects.clear();
  }

  /** The source has failed for `unit`; gives how often it did since the ledger last heard of it. */
  failure(unit: string): number {
    const times = (this.#suspects.get(unit) ?? 0) + 1;
    this.#suspects.set(unit, times);
    return times + (this.#counted.get(unit) ?? 0);
  }

  /** Whether so many units have failed in a row that it is the source that fails. */
  get sourceFails(): boolean {
    return this.#suspects.size >= this.limit;
  }

  /** Last key of the units that have failed since the last success. */
  get lastSuspect(): string | undefined {
    return [...this.#suspects.keys()].sort().at(-1);
  }

  /** Failures of `unit` that the ledger has to hear of before it is tried again. */
  take(unit: string): number {
    const times = this.#counted.get(unit) ?? 0;
    this.#counted.delete(unit);
    return times;
  }

  /** The unit has ended. */
  forget(unit: string): void {
    this.#suspects.delete(unit);
    this.#counted.delete(unit);
  }
}

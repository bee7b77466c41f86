import type { RunLedger, StoredUnit } from '../store/types.js';
import { sleepUntil } from './sleep-until.js';

/** Units held in memory at most, whatever their number in the ledger. */
const PAGE = 200;
const PUT_BACK_LIMIT = 1_000;

export interface UnitFeedOptions {
  readonly ledger: Pick<RunLedger, 'pending'>;
  readonly stage: string;
  readonly signal: AbortSignal;
  /** Key after which units are looked for first; the others come after them. */
  readonly after: string | undefined;
}

/**
 * Hands the units of a stage to lanes, each to one lane at a time, page by page out of the ledger. Circles through it
 * until a whole circle finds nothing that is neither being read nor put back to be tried later.
 */
export class UnitFeed {
  readonly #queue: StoredUnit[] = [];
  /** Keys queued or being read. */
  readonly #taken = new Set<string>();
  /** When units that were put back are due, in milliseconds of `performance.now()`. */
  readonly #putBack = new Map<string, number>();
  #after: string | undefined;
  #filling: Promise<void> | undefined;
  /** Keys given back while a page is on its way, which shows them as they were. */
  readonly #stale = new Set<string>();
  /** The ledger has nothing to hand out unless it changes. */
  #exhausted = false;
  #changes = 0;
  #wake: () => void = () => undefined;
  #changed = this.#nextChange();

  constructor(private readonly options: UnitFeedOptions) {
    this.#after = options.after;
  }

  /** The next unit; undefined when every unit of the stage has ended. */
  async next(): Promise<StoredUnit | undefined> {
    const { signal } = this.options;
    for (;;) {
      signal.throwIfAborted();
      const unit = this.#queue.shift();
      if (unit) return unit;
      const due = this.#someDue();
      if (due || (!this.#exhausted && this.#putBack.size < PUT_BACK_LIMIT)) {
        await (this.#filling ??= this.#fill().finally(() => (this.#filling = undefined)));
        continue;
      }
      if (this.#taken.size === 0 && this.#putBack.size === 0) return undefined;
      await sleepUntil(Math.min(...this.#putBack.values()), this.#changed, signal);
    }
  }

  /** The unit has ended. */
  ended(key: string): void {
    this.#giveBack(key);
  }

  /** The unit is to be tried again after `delayMs`. */
  putBack(key: string, delayMs: number): void {
    this.#putBack.set(key, performance.now() + delayMs);
    this.#giveBack(key);
  }

  /** Units of this stage were added to the ledger. */
  discovered(): void {
    this.#exhausted = false;
    this.#change();
  }

  #giveBack(key: string): void {
    this.#taken.delete(key);
    if (this.#filling) this.#stale.add(key);
    this.#change();
  }

  async #fill(): Promise<void> {
    const changes = this.#changes;
    const began = performance.now();
    let circled = this.#after === undefined;
    for (;;) {
      this.#stale.clear();
      const page = await this.options.ledger.pending(this.options.stage, PAGE, this.#after);
      const ended = page.length < PAGE;
      this.#after = ended ? undefined : page.at(-1)?.key;
      const free = page.filter(({ key }) => this.#isFree(key));
      for (const unit of free) {
        this.#putBack.delete(unit.key);
        this.#taken.add(unit.key);
        this.#queue.push(unit);
      }
      if (free.length > 0) return this.#change();
      if (ended && circled) {
        for (const [key, due] of this.#putBack) if (due <= began) this.#putBack.delete(key);
        // What came meanwhile may lie where this circle had already been.
        this.#exhausted = changes === this.#changes;
        return;
      }
      circled ||= ended;
    }
  }

  #isFree(key: string): boolean {
    return !this.#taken.has(key) && !this.#stale.has(key) && (this.#putBack.get(key) ?? 0) <= performance.now();
  }

  #someDue(): boolean {
    const now = performance.now();
    return [...this.#putBack.values()].some((due) => due <= now);
  }

  #change(): void {
    this.#changes++;
    const wake = this.#wake;
    this.#changed = this.#nextChange();
    wake();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { PageCommit, RunLedger } from '../store/types.js';

/** Bounds of one transaction: beyond them it saves no more round trips, and holds its locks for longer. */
const PAGES = 64;
const EVENTS = 5_000;

interface Waiting {
  readonly page: PageCommit;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Loads pages of many lanes in few transactions. While one transaction runs, pages gather for the next, so that under
 * load they are grouped and otherwise none waits: there is no timer.
 */
export class Committer {
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #ended: unknown;

  constructor(
    private readonly ledger: Pick<RunLedger, 'commit'>,
    private readonly onCommitted: (pages: readonly PageCommit[], counts: EventCounts) => Promise<void>,
  ) {}

  /** Resolves when the page is in the database. An error of the database ends the committer: all that wait have it too. */
  commit(page: PageCommit): Promise<void> {
    const committed = new Promise<void>((resolve, reject) => this.#waiting.push({ page, resolve, reject }));
    this.#running ??= this.#run();
    return committed;
  }

  /** Refuses what waits, and resolves when the transaction under way has ended. */
  async end(reason: unknown): Promise<void> {
    this.#ended ??= reason;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Lanes that are ready in this turn of the loop go into the first transaction together.
    await Promise.resolve();
    for (let group = this.#next(); group.length > 0; group = this.#next()) {
      if (this.#ended === undefined) await this.#load(group);
      else for (const { reject } of group) reject(this.#ended);
    }
    this.#running = undefined;
  }

  async #load(group: readonly Waiting[]): Promise<void> {
    const pages = group.map(({ page }) => page);
    try {
      await this.onCommitted(pages, await this.ledger.commit(pages));
    } catch (error) {
      this.#ended ??= error;
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  #next(): Waiting[] {
    let events = 0;
    let pages = 0;
    for (const { page } of this.#waiting) {
      events += page.events.length;
      if (pages === PAGES || (pages > 0 && events > EVENTS)) break;
      pages++;
    }
    return this.#waiting.splice(0, pages);
  }
}

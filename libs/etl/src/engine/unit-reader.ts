import { ETL_UNIT_UNFINISHED } from '../errors.js';
import type { Json, Page, Query, Session, Source, UnitContext } from '../source.js';
import type { RunLedger, StoredUnit } from '../store/types.js';
import { assertReadable } from './check-units.js';
import type { Committer } from './committer.js';
import { letGo, nextOrAborted } from './next-page.js';
import type { PageTransformer } from './page-transformer.js';
import type { Pulse } from './pulse.js';
import type { RunSubjects } from './run-subjects.js';
import type { UnitFeed } from './unit-feed.js';

export interface UnitReaderOptions {
  readonly source: Source;
  readonly session: Session<unknown>;
  readonly query: Query;
  readonly stage: string;
  readonly ledger: RunLedger;
  readonly signal: AbortSignal;
  readonly transformer: PageTransformer;
  readonly committer: Committer;
  readonly subjects: RunSubjects;
  readonly feed: UnitFeed;
  readonly pulse: Pulse;
}

const NOTHING: ReadonlyMap<string, Json> = new Map();

/** Reads units page by page; asks for a page when the one before is loaded. */
export class UnitReader {
  /** This stage and those after it. */
  readonly #stages: readonly string[];

  constructor(private readonly options: UnitReaderOptions) {
    const { stages } = options.source;
    this.#stages = stages.slice(stages.indexOf(options.stage));
  }

  /**
   * Reads a unit from where the ledger has it. An error of the source is given back; any other is thrown.
   * @param onLoaded called after each page that was loaded
   */
  async read(unit: StoredUnit, onLoaded: () => void): Promise<{ readonly error: unknown } | undefined> {
    const { session, signal } = this.options;
    let pages: AsyncIterator<Page<unknown>>;
    try {
      pages = session.pages(unit, unit.cursor, this.#context(unit))[Symbol.asyncIterator]();
    } catch (error) {
      return { error };
    }
    try {
      for (let position = 1, cursor = unit.cursor; ; position++) {
        const page = await this.#nextPage(pages, unit, cursor);
        if ('error' in page) {
          // Errors that follow from the abort are not the source's.
          signal.throwIfAborted();
          return page;
        }
        await this.#load(unit, page.value, position);
        onLoaded();
        cursor = page.value.cursor;
        if (cursor === undefined) return undefined;
      }
    } finally {
      letGo(pages);
    }
  }

  async #nextPage(
    pages: AsyncIterator<Page<unknown>>,
    { key }: StoredUnit,
    cursor: Json | undefined,
  ): Promise<{ readonly value: Page<unknown> } | { readonly error: unknown }> {
    try {
      const result = await nextOrAborted(pages, this.options.signal);
      if (result.done === true) {
        if (cursor !== undefined) throw ETL_UNIT_UNFINISHED({ unit: key });
        return { value: { records: [], cursor: undefined } };
      }
      assertReadable(result.value.discovered ?? [], this.#stages, this.options.source.type);
      return { value: result.value };
    } catch (error) {
      return { error };
    }
  }

  async #load(unit: StoredUnit, page: Page<unknown>, position: number): Promise<void> {
    const { transformer, committer, subjects, feed, stage } = this.options;
    await committer.commit(await transformer.prepare(unit, page, position));
    await subjects.loaded(page);
    if (page.discovered?.some((found) => found.stage === stage) === true) feed.discovered();
  }

  #context(unit: StoredUnit): UnitContext {
    const { signal, query, ledger, pulse } = this.options;
    return {
      signal,
      window: query.window,
      since: query.incremental ? unit.since : undefined,
      recall: (keys) => (query.incremental ? ledger.recall(keys) : Promise.resolve(NOTHING)),
      heartbeat: () => pulse.beat(),
    };
  }
}

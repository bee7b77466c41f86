import { ETL_SOURCE_SILENT, ETL_UNIT_UNFINISHED } from '../errors.js';
import type { Json, Page, Query, Session, Source, UnitContext } from '../source.js';
import type { RunLedger, StoredUnit } from '../store/types.js';
import { assertReadable } from './check-units.js';
import type { Committer } from './committer.js';
import { letGo, nextOrAborted } from './next-page.js';
import type { PageTransformer } from './page-transformer.js';
import type { Pulse } from './pulse.js';
import type { RunSubjects } from './run-subjects.js';
import { Silence } from './silence.js';
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
  /** Milliseconds without a page or a sign of life after which a unit is tried again. */
  readonly silenceMs: number;
}

/** A unit while it is read. */
interface Reading {
  readonly unit: StoredUnit;
  readonly pages: AsyncIterator<Page<unknown>>;
  /** Aborts with the run, and when the source is silent for too long. */
  readonly signal: AbortSignal;
  readonly silence: Silence;
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
    const { signal, silenceMs } = this.options;
    signal.throwIfAborted();
    const stop = new AbortController();
    const follow = (): void => stop.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    const silence = new Silence(silenceMs, () => stop.abort(ETL_SOURCE_SILENT({ unit: unit.key, minutes: Math.round(silenceMs / 60_000) })));
    try {
      const pages = this.#open(unit, stop.signal, silence);
      if ('error' in pages) return pages;
      return await this.#readPages({ unit, pages, signal: stop.signal, silence }, onLoaded);
    } finally {
      silence.rest();
      signal.removeEventListener('abort', follow);
    }
  }

  #open(unit: StoredUnit, signal: AbortSignal, silence: Silence): AsyncIterator<Page<unknown>> | { readonly error: unknown } {
    try {
      return this.options.session.pages(unit, unit.cursor, this.#context(unit, signal, silence))[Symbol.asyncIterator]();
    } catch (error) {
      return { error };
    }
  }

  async #readPages(reading: Reading, onLoaded: () => void): Promise<{ readonly error: unknown } | undefined> {
    const { unit, pages } = reading;
    try {
      for (let position = 1, cursor = unit.cursor; ; position++) {
        const page = await this.#nextPage(reading, cursor);
        if ('error' in page) {
          // Errors that follow from the abort are not the source's.
          this.options.signal.throwIfAborted();
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
    { unit, pages, signal, silence }: Reading,
    cursor: Json | undefined,
  ): Promise<{ readonly value: Page<unknown> } | { readonly error: unknown }> {
    silence.listen();
    try {
      const result = await this.options.pulse.during(nextOrAborted(pages, signal));
      if (result.done === true) {
        if (cursor !== undefined) throw ETL_UNIT_UNFINISHED({ unit: unit.key });
        return { value: { records: [], cursor: undefined } };
      }
      assertReadable(result.value.discovered ?? [], this.#stages, this.options.source.type);
      return { value: result.value };
    } catch (error) {
      return { error };
    } finally {
      silence.rest();
    }
  }

  async #load(unit: StoredUnit, page: Page<unknown>, position: number): Promise<void> {
    const { transformer, committer, subjects, feed, stage, pulse } = this.options;
    // The store gives up by itself what takes too long.
    await pulse.during(transformer.prepare(unit, page, position).then((prepared) => committer.commit(prepared)));
    await subjects.loaded(page);
    if (page.discovered?.some((found) => found.stage === stage) === true) feed.discovered();
  }

  #context(unit: StoredUnit, signal: AbortSignal, silence: Silence): UnitContext {
    const { query, ledger, pulse } = this.options;
    return {
      signal,
      window: query.window,
      since: query.incremental ? unit.since : undefined,
      recall: (keys) => (query.incremental ? ledger.recall(keys) : Promise.resolve(NOTHING)),
      heartbeat: () => {
        silence.broken();
        pulse.beat();
      },
    };
  }
}

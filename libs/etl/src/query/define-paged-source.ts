import type { TProperties } from '@sinclair/typebox';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import type { Json, Page, Source, Unit, UnitContext } from '../source.js';
import type { ArgsOf } from './window-args.js';
import { windowQueries, type WindowQuery } from './window-query.js';

const STAGE = 'read';

/** One of several chains of pages that a paged source reads. */
export interface PagedUnit {
  /** Unique among the units of the query. */
  readonly key: string;
  /** Name in the run's report. @default the key */
  readonly subject?: string;
  /** What `page` needs for reading it. */
  readonly payload?: { readonly [key: string]: Json };
}

/** What one request brought. */
export interface PagedPage<R> {
  readonly records: readonly R[];
  /** Where to go on; absent on the last page. */
  readonly next?: Json | undefined;
}

export interface PagedContext extends UnitContext {
  /** The unit that is read; of a source without `units` the only one. */
  readonly unit: PagedUnit;
}

export interface PagedSourceDefinition<P extends TProperties, R> {
  /** Value of `FlowInput.type`. */
  readonly type: string;
  /** `source_kind_id` of its events. */
  readonly sourceKindId: string;
  /** Properties of its arguments, in TypeBox; the window's (`data_date_start`, …) come by themselves. */
  readonly args: P;
  /** What is read: a fixed list of chains of pages. Absent: one. */
  units?(query: WindowQuery<ArgsOf<P>>): readonly PagedUnit[];
  /**
   * Reads one page. `cursor` is `next` of the page before, undefined at the beginning; `context.since` is the start of
   * the last run that read this unit to its end, where the run is incremental.
   */
  page(query: WindowQuery<ArgsOf<P>>, cursor: Json | undefined, context: PagedContext): Promise<PagedPage<R>>;
  /** The events of a record, pure; those outside the window are dropped by the load. */
  transform(record: R): readonly EventDraft[];
  /** Names a record that cannot be transformed, without its content. */
  reference?(record: R): string;
}

/** A source that is one chain of pages, or a fixed list of them: what is particular to it, and nothing else. */
export function definePagedSource<const P extends TProperties, R>(
  definition: PagedSourceDefinition<P, R>,
): Source<NoInfer<WindowQuery<ArgsOf<P>>>, NoInfer<R>> {
  const { type, sourceKindId } = definition;
  return {
    type,
    sourceKindId,
    stages: [STAGE],
    createQuery: windowQueries(type, definition.args),
    open: async (query) => ({
      roots: () => (definition.units?.(query) ?? [{ key: sourceKindId }]).map(unitOf),
      pages: (unit, cursor, context) => pagesOf(definition, query, unit, cursor, context),
      transform: (record) => definition.transform(record),
      accepts: () => true,
      ...(definition.reference ? { reference: (record: R) => definition.reference?.(record) ?? '' } : {}),
      close: () => Promise.resolve(),
    }),
  };
}

function unitOf({ key, subject = key, payload = {} }: PagedUnit): Unit {
  return { key, stage: STAGE, kind: 'pages', payload, subjects: [subject], mark: key };
}

async function* pagesOf<P extends TProperties, R>(
  definition: PagedSourceDefinition<P, R>,
  query: WindowQuery<ArgsOf<P>>,
  { key, payload, subjects: [subject = key] }: Unit,
  cursor: Json | undefined,
  context: UnitContext,
): AsyncIterable<Page<R>> {
  for (let at = cursor; ; ) {
    const { records, next } = await definition.page(query, at, { ...context, unit: { key, subject, payload } });
    yield { records, cursor: next };
    if (next === undefined) return;
    at = next;
  }
}

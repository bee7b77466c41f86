import type { CollectionPage, Resource, ResourceName } from '@tributary/clients/launchpad';
import type { Json } from '@tributary/etl';
import { textOf } from '../source/fields.js';
import { firstPage, toJson, type Reading } from '../source/reading.js';
import { keysetStep, type KeysetCursor } from './keyset.js';

interface KeysetListing<T extends ResourceName> {
  readonly direction: 'ascending' | 'descending';
  /** Pages under a bound; undefined: from the beginning. */
  readonly pages: (bound: string | undefined, options: { readonly signal: AbortSignal; readonly cursor?: string }) => AsyncIterable<CollectionPage<T>>;
  /** Time that the listing is ordered by, of a field that never changes. @default date_created */
  readonly time?: (entry: Resource<T>) => string | undefined;
}

/** One page of a listing that is read by the time that it is ordered by: what is new in it, and where it goes on. */
export async function readKeyset<T extends ResourceName>(
  { context }: Reading,
  cursor: Json | undefined,
  { direction, pages, time = dateCreated }: KeysetListing<T>,
): Promise<{ readonly entries: readonly Resource<T>[]; readonly cursor: Json | undefined }> {
  const state = (cursor as KeysetCursor | undefined) ?? { seen: [] };
  const page = await firstPage(pages(state.bound, { signal: context.signal, ...(state.at === undefined ? {} : { cursor: state.at }) }));
  const entries = page.entries.map((entry) => ({ entry, link: entry.self_link, time: time(entry) }));
  const { fresh, next } = keysetStep(state, { entries, cursor: page.cursor }, direction);
  return { entries: fresh.map(({ entry }) => entry), cursor: toJson(next) };
}

function dateCreated(entry: object): string | undefined {
  return textOf((entry as { readonly date_created?: string }).date_created);
}

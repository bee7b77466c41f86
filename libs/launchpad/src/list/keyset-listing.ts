import type { CollectionPage, PageOptions, Resource, ResourceName } from '@tributary/clients/launchpad';
import type { Json } from '@tributary/etl';
import { isFrom, isTime } from '../times.js';
import { textOf } from '../source/fields.js';
import { firstPage, toJson, type Reading } from '../source/reading.js';
import { ignoresBound, keysetStep, type KeysetCursor } from './keyset.js';
import { FIRST_PASS, type StableCursor } from './stable.js';
import { nextPass } from './stable-listing.js';

interface KeysetListing<T extends ResourceName> {
  readonly direction: 'ascending' | 'descending';
  /** Pages under a bound; undefined: from the beginning. */
  readonly pages: (bound: string | undefined, options: PageOptions) => AsyncIterable<CollectionPage<T>>;
}

interface KeysetEntries<T extends ResourceName> {
  readonly entries: readonly Resource<T>[];
  readonly cursor: Json | undefined;
}

/**
 * One page of a listing that is ordered by the time at which its entries were created, which never changes: what is new in
 * it, and where it goes on. Where the server ignores bounds it is read by position, until two passes agree.
 */
export async function readKeyset<T extends ResourceName>(reading: Reading, cursor: Json | undefined, listing: KeysetListing<T>): Promise<KeysetEntries<T>> {
  const state = (cursor as KeysetCursor | undefined) ?? { seen: [] };
  const { bound, sizedAs, unbounded, at = unbounded?.at } = state;
  const place = at === undefined ? sizedAs !== undefined && { sizedAs } : { cursor: at };
  const page = await firstPage(listing.pages(bound, { signal: reading.context.signal, ...place }));
  if (unbounded !== undefined) return byPosition(reading, unbounded, page);
  const entries = page.entries.map((entry) => ({ entry, link: entry.self_link, time: timeOf(entry) }));
  if (ignoresBound(state, entries, listing.direction)) return byPosition(reading, FIRST_PASS, page);
  const { fresh, next } = keysetStep(state, { entries, cursor: page.cursor }, listing.direction);
  return { entries: fresh.map(({ entry }) => entry), cursor: toJson(next) };
}

function byPosition<T extends ResourceName>({ unit, context }: Reading, state: StableCursor, page: CollectionPage<T>): KeysetEntries<T> {
  // What comes into the listing while it is read would make every pass another one.
  const entries = page.entries.filter((entry) => !isFrom(timeOf(entry), context.window.end));
  const unbounded = nextPass(unit, state, entries.map(({ self_link: link }) => link), page.cursor);
  return { entries, cursor: unbounded === undefined ? undefined : toJson({ seen: [], unbounded }) };
}

function timeOf(entry: object): string | undefined {
  const time = textOf((entry as { readonly date_created?: string }).date_created);
  return isTime(time) ? time : undefined;
}

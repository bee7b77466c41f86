import type { CollectionPage, PageCursor, Resource, ResourceName } from '@tributary/clients/launchpad';
import type { Json, Unit } from '@tributary/etl';
import { LAUNCHPAD_LISTING_UNSTABLE } from '../errors.js';
import { firstPage, toJson, type LaunchpadPage, type Reading } from '../source/reading.js';
import { FIRST_PASS, MAX_PASSES, stableStep, type StableCursor } from './stable.js';

interface StableListing<T extends ResourceName> {
  readonly pages: (options: { readonly signal: AbortSignal; readonly cursor?: string }) => AsyncIterable<CollectionPage<T>>;
  /** Entries that count; those that came after the window would make every pass another one. */
  readonly keep?: (entry: Resource<T>) => boolean;
  readonly discover: (entries: readonly Resource<T>[]) => readonly Unit[] | Promise<readonly Unit[]>;
}

/** One page of a listing that can be read by position only. */
export async function readStable<T extends ResourceName>({ unit, context }: Reading, cursor: Json | undefined, listing: StableListing<T>): Promise<LaunchpadPage> {
  const state = (cursor as StableCursor | undefined) ?? FIRST_PASS;
  const page = await firstPage(listing.pages({ signal: context.signal, ...(state.at === undefined ? {} : { cursor: state.at }) }));
  const entries = page.entries.filter((entry) => listing.keep?.(entry) ?? true);
  const next = nextPass(unit, state, entries.map(({ self_link: link }) => link), page.cursor);
  return { records: [], discovered: await listing.discover(entries), cursor: toJson(next) };
}

/** As `stableStep`. @throws CodedError LAUNCHPAD_LISTING_UNSTABLE */
export function nextPass({ key }: Unit, state: StableCursor, links: readonly string[], cursor: PageCursor | undefined): StableCursor | undefined {
  const next = stableStep(state, links, cursor);
  if (next === 'unstable') throw LAUNCHPAD_LISTING_UNSTABLE({ unit: key, passes: MAX_PASSES });
  return next;
}

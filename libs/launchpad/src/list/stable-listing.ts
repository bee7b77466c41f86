import type { CollectionPage, Resource, ResourceName } from '@tributary/clients/launchpad';
import type { Json, Unit } from '@tributary/etl';
import { LAUNCHPAD_LISTING_UNSTABLE } from '../errors.js';
import { firstPage, toJson, type LaunchpadPage, type Reading } from '../source/reading.js';
import { FIRST_PASS, MAX_PASSES, stableStep, type StableCursor } from './stable.js';

interface StableListing<T extends ResourceName> {
  readonly pages: (options: { readonly signal: AbortSignal; readonly cursor?: string }) => AsyncIterable<CollectionPage<T>>;
  /** Entries that count; those that came after the window would make every pass another one. */
  readonly keep?: (entry: Resource<T>) => boolean;
  /** Names an entry; its self link unless told. */
  readonly identify?: (entry: Resource<T>) => string;
  readonly discover: (entries: readonly Resource<T>[]) => readonly Unit[] | Promise<readonly Unit[]>;
}

/** One page of a listing that can be read by position only. */
export async function readStable<T extends ResourceName>({ unit, context }: Reading, cursor: Json | undefined, listing: StableListing<T>): Promise<LaunchpadPage> {
  const state = (cursor as StableCursor | undefined) ?? FIRST_PASS;
  const page = await firstPage(listing.pages({ signal: context.signal, ...(state.at === undefined ? {} : { cursor: state.at }) }));
  const entries = page.entries.filter((entry) => listing.keep?.(entry) ?? true);
  const identify = listing.identify ?? ((entry: Resource<T>) => entry.self_link);
  const next = stableStep(state, entries.map(identify), page.cursor);
  if (next === 'unstable') throw LAUNCHPAD_LISTING_UNSTABLE({ unit: unit.key, passes: MAX_PASSES });
  return { records: [], discovered: await listing.discover(entries), cursor: toJson(next) };
}

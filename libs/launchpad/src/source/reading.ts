import type { CollectionPage, Launchpad, ResourceName } from '@tributary/clients/launchpad';
import { isCodedError } from '@tributary/common';
import type { Json, Page, Unit, UnitContext } from '@tributary/etl';
import type { LaunchpadRecord } from '@tributary/transformers/launchpad';
import type { LaunchpadQuery } from '../query/launchpad-query.js';

/** Stages of a run. All listings end before the first visit, so what many members share is visited once. */
export const STAGES = ['resolve', 'roster', 'teams', 'list', 'visit'] as const;
export type Stage = (typeof STAGES)[number];

/** A record as a unit brings it. */
export interface Visited {
  readonly record: LaunchpadRecord;
  /** Whether events of it that nobody is named for belong to the run: what it happened to is a subject's own. */
  readonly anonymous: boolean;
}

/** What reads a page is handed. */
export interface Reading {
  readonly launchpad: Launchpad;
  readonly query: LaunchpadQuery;
  readonly unit: Unit;
  readonly context: UnitContext;
}

export type LaunchpadPage = Page<Visited>;

/** Reads one page of a unit with one request at most: from `cursor` on, or from the beginning. */
export type Reader = (reading: Reading, cursor: Json | undefined) => Promise<LaunchpadPage>;

/** The first page of an iteration; the client makes no request for those after it. */
export async function firstPage<T extends ResourceName>(pages: AsyncIterable<CollectionPage<T>>): Promise<CollectionPage<T>> {
  for await (const page of pages) return page;
  throw new RangeError('A collection has one page at least');
}

/**
 * What is read, or undefined where Launchpad has nothing or hides it. What a listing told of it is loaded before the unit
 * is put aside: proposals of suspended people are listed, though nothing can be read below their names.
 */
export async function unlessPutAside<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isCodedError(error) && error.recovery === 'skip') return undefined;
    throw error;
  }
}

/** A cursor as it is kept in the ledger. */
export function toJson(cursor: object | undefined): Json | undefined {
  return cursor === undefined ? undefined : (cursor as Json);
}

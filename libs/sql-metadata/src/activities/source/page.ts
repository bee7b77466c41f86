import type { ListPlace } from '@tributary/clients/sql';
import { SQL_PAGE_CURSOR_INVALID } from '../../errors.js';

/** Bytes of JSON that a result may have: below what a payload may. */
export const RESULT_BYTES = 180_000;

/** Items of a page for which the input names no number. */
export const DEFAULT_LIMIT = 200;

/** The text that stands for a place in a list. */
export function cursorTextOf(place: ListPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws CodedError SQL_PAGE_CURSOR_INVALID */
export function placeOfCursor(text: string): ListPlace {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(place) && place.length > 0 && place.every((part) => typeof part === 'string' || typeof part === 'number')) return place;
  } catch (error) {
    throw SQL_PAGE_CURSOR_INVALID({}, { cause: error });
  }
  throw SQL_PAGE_CURSOR_INVALID();
}

/** Bytes that `value` takes in a list of JSON. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value)) + 1;
}

/** The first items that fit into `bytes`; at least one, so that paging gets on. */
export function fitting<T>(items: readonly T[], bytes: number): T[] {
  let left = bytes;
  const kept = items.findIndex((item, at) => (left -= bytesOf(item)) < 0 && at > 0);
  return kept < 0 ? [...items] : items.slice(0, kept);
}

/** Order of names that PostgreSQL gives lists of: that of their bytes. */
export function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

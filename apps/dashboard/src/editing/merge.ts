import { isObject, pointerOf } from '../form/json-schema.js';

/** A place where one of two later versions differs from the one that both began with; undefined where nothing stands. */
export interface Change {
  /** JSON pointer. */
  readonly pointer: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/** Places that one of the two has changed. Lists are compared as wholes. */
export function changesOf(base: unknown, theirs: unknown, mine: unknown, path: readonly string[] = []): readonly Change[] {
  if ([base, theirs, mine].every((value) => value === undefined || isObject(value)) && [base, theirs, mine].some(isObject)) {
    return namesOf(base, theirs, mine).flatMap((name) => changesOf(at(base, name), at(theirs, name), at(mine, name), [...path, name]));
  }
  return same(base, theirs) && same(base, mine) ? [] : [{ pointer: pointerOf(path), base, theirs, mine }];
}

/** Theirs with what was changed in mine; where both have changed one place, mine. */
export function merged(base: unknown, theirs: unknown, mine: unknown): unknown {
  if (same(base, mine)) return theirs;
  if (!isObject(theirs) || !isObject(mine)) return mine;
  const entries = namesOf(theirs, mine).map((name) => [name, merged(at(base, name), at(theirs, name), at(mine, name))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function namesOf(...values: readonly unknown[]): readonly string[] {
  return [...new Set(values.flatMap((value) => (isObject(value) ? Object.keys(value) : [])))];
}

function at(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** With its names in one order: versions may have them in another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

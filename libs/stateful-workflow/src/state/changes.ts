import type { Json } from '../json.js';

/**
 * Creates an entity, or writes to the one that there is. Nested objects are merged by field. A relation lists all its
 * members, as ids or as entities that are written too.
 */
export interface PutChange {
  readonly op: 'put';
  readonly type: string;
  readonly entity: { readonly id: string } & Readonly<Record<string, unknown>>;
}

/** Writes to an entity that there is. `unset`: paths such as `note` or `prefs.theme`. */
export interface UpdateChange {
  readonly op: 'update';
  readonly type: string;
  readonly id: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
}

/** Deletes an entity, and what its cascading relations hold. */
export interface DeleteChange {
  readonly op: 'delete';
  readonly type: string;
  readonly id: string;
}

/** Adds to and removes from a relation to many. */
export interface RelateChange {
  readonly op: 'relate';
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** Says what all entities of a relation are: those listed are written, all others that were in it are deleted. */
export interface ReplaceChange {
  readonly op: 'replace';
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  readonly entities: readonly ({ readonly id: string } & Readonly<Record<string, Json>>)[];
}

/** A change as clients and loaders send it. */
export type Change = PutChange | UpdateChange | DeleteChange | RelateChange | ReplaceChange;

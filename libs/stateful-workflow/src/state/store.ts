import type { Model } from '../definitions/entity.js';
import { keyOf, splitKey, type EntityKey } from './patch.js';
import { PersistentMap } from './persistent-map.js';
import { isAlive, isMember, membersOf, type EntityRecord } from './record.js';
import type { Stamp } from './stamp.js';

/** A deletion that is remembered, so that writes from before it do not bring back what it removed. */
export interface Grave {
  readonly key: EntityKey;
  /** Relation and id, when it was a membership that ended. */
  readonly member?: readonly [relation: string, id: string];
  readonly stamp: Stamp;
}

/** All entities that a workflow knows, normalized: each once, relations by id. Immutable. */
export interface Store {
  readonly tables: Readonly<Record<string, PersistentMap<EntityRecord>>>;
  /** Who relates to an entity: by its key, the edges `Source.datasets/s1`. Follows from the tables. */
  readonly edges: PersistentMap<PersistentMap<true>>;
  /** Oldest first; bounded. */
  readonly graves: readonly Grave[];
}

export function emptyStore(model: Model): Store {
  const tables = Object.fromEntries(
    Object.keys(model.entities).map((type) => [type, PersistentMap.empty<EntityRecord>()]),
  );
  return { tables, edges: PersistentMap.empty(), graves: [] };
}

export function recordAt(store: Store, type: string, id: string): EntityRecord | undefined {
  return store.tables[type]?.get(id);
}

export function isKnown(store: Store, type: string, id: string): boolean {
  return isAlive(recordAt(store, type, id));
}

/** Ids in a relation to many entities that are known, in order. Cost: the size of the relation. */
export function relatedIds(store: Store, record: EntityRecord, relation: string, target: string): string[] {
  const ids: string[] = [];
  for (const [id, membership] of membersOf(record, relation).entries()) {
    if (isMember(membership) && isKnown(store, target, id)) ids.push(id);
  }
  return ids.sort();
}

/** Whether `id` is in the relation, and known. */
export function isRelated(store: Store, record: EntityRecord, relation: string, target: string, id: string): boolean {
  return isMember(membersOf(record, relation).get(id)) && isKnown(store, target, id);
}

/** An edge as it is noted at its target. */
export function edgeOf(type: string, relation: string, id: string): string {
  return `${type}.${relation}/${id}`;
}

/** The other end and the relation of the edges that lead to an entity. */
export function* edgesTo(
  store: Store,
  key: EntityKey,
): Generator<{ readonly type: string; readonly id: string; readonly relation: string }> {
  for (const edge of store.edges.get(key)?.keys() ?? []) yield splitEdge(edge);
}

export function splitEdge(edge: string): { readonly type: string; readonly id: string; readonly relation: string } {
  const { type: place, id } = splitKey(edge);
  const dot = place.indexOf('.');
  return { type: place.slice(0, dot), relation: place.slice(dot + 1), id };
}

/** How many entities are known, over all types. */
export function countKnown(store: Store): number {
  let count = 0;
  for (const table of Object.values(store.tables))
    for (const record of table.values()) count += isAlive(record) ? 1 : 0;
  return count;
}

/** Keys of all that is known, in order of type and id. */
export function knownKeys(store: Store): EntityKey[] {
  return Object.entries(store.tables).flatMap(([type, table]) =>
    [...table.entries()].flatMap(([id, record]) => (isAlive(record) ? [keyOf({ type, id })] : [])).sort(),
  );
}

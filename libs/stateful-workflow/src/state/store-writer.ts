import { isField, type EntityShape, type Model } from '../definitions/entity.js';
import { edgeOf, recordAt, splitEdge, type Grave, type Store } from './store.js';
import { keyOf, relationAt, shapeOf, type Patch, type RelationChange } from './patch.js';
import { PersistentMap } from './persistent-map.js';
import {
  isAlive,
  isMember,
  membersOf,
  membershipStamp,
  NO_RECORD,
  type EntityRecord,
  type Membership,
  type Register,
} from './record.js';
import type { Stamp } from './stamp.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Applies patches to a store that stays as it is, and gives the next one. Every part of a patch takes effect only where
 * nothing later is known, so that patches may come twice and in any order.
 */
export class StoreWriter {
  private readonly tables: Record<string, PersistentMap<EntityRecord>>;
  private edges: Store['edges'];
  private readonly newGraves: Grave[] = [];

  constructor(
    private readonly model: Model,
    private readonly before: Store,
    /** How many deletions are remembered. */
    private readonly graveLimit: number,
  ) {
    this.tables = { ...before.tables };
    this.edges = before.edges;
  }

  /** The store with all that was applied so far. */
  get store(): Store {
    return { tables: this.tables, edges: this.edges, graves: this.before.graves };
  }

  record(type: string, id: string): EntityRecord | undefined {
    return this.tables[type]?.get(id);
  }

  /** Applies a patch. @returns the part of it that took effect; undefined when all of it was known or outdated */
  apply(patch: Patch): Patch | undefined {
    const shape = shapeOf(this.model, patch.type);
    if (!shape) return undefined;
    const old = this.record(patch.type, patch.id) ?? NO_RECORD;
    const next: Mutable<EntityRecord> = { ...old };
    const effect: Mutable<Patch> = { type: patch.type, id: patch.id, stamp: patch.stamp };
    if (patch.delete && patch.stamp > old.dead) this.bury(patch, shape, next, effect);
    if (patch.put && patch.stamp > old.put) {
      next.put = patch.stamp;
      if (patch.stamp > next.dead) effect.put = true;
    }
    if (patch.stamp > next.dead) this.write(patch, shape, next, effect);
    if (!effect.delete && !effect.put && !effect.set && !effect.unset && !effect.rel) return undefined;
    this.keep(patch.type, patch.id, next);
    if (patch.origin !== undefined) effect.origin = patch.origin;
    return effect;
  }

  /** The next store; forgets the oldest deletions above the limit. */
  finish(): Store {
    if (this.newGraves.length === 0) return this.store;
    const graves = [...this.before.graves, ...this.newGraves];
    const surplus = graves.length - this.graveLimit;
    for (const grave of surplus > 0 ? graves.slice(0, surplus) : []) this.forget(grave);
    return { ...this.store, graves: surplus > 0 ? graves.slice(surplus) : graves };
  }

  private bury(
    { type, id, stamp }: Patch,
    shape: EntityShape,
    next: Mutable<EntityRecord>,
    effect: Mutable<Patch>,
  ): void {
    effect.delete = true;
    next.dead = stamp;
    next.fields = Object.fromEntries(
      Object.entries(next.fields).filter(([path, register]) => {
        if (register.stamp > stamp) return true;
        const target = relationAt(shape, path)?.target;
        if (target !== undefined && register.value !== undefined)
          this.unlink(target, register.value as string, edgeOf(type, path, id));
        return false;
      }),
    );
    next.rels = Object.fromEntries(
      Object.entries(next.rels).map(([relation, members]) => {
        let left = members;
        for (const [member, membership] of members.entries()) {
          if (membershipStamp(membership) > stamp) continue;
          left = left.delete(member);
          const target = relationAt(shape, relation)?.target;
          if (target !== undefined && isMember(membership)) this.unlink(target, member, edgeOf(type, relation, id));
        }
        return [relation, left];
      }),
    );
    this.newGraves.push({ key: keyOf({ type, id }), stamp });
    this.cutEdgesTo(type, id, stamp);
  }

  /** Ends every relation to a deleted entity, so that no id dangles. */
  private cutEdgesTo(type: string, id: string, dead: Stamp): void {
    for (const edge of this.edges.get(keyOf({ type, id }))?.keys() ?? []) {
      const from = splitEdge(edge);
      const record = this.record(from.type, from.id);
      if (!record) continue;
      const membership = membersOf(record, from.relation).get(id);
      const register = record.fields[from.relation];
      if (membership !== undefined && membershipStamp(membership) <= dead) {
        this.keep(from.type, from.id, {
          ...record,
          rels: { ...record.rels, [from.relation]: membersOf(record, from.relation).delete(id) },
        });
      } else if (register?.value === id && register.stamp <= dead) {
        this.keep(from.type, from.id, {
          ...record,
          fields: { ...record.fields, [from.relation]: { stamp: register.stamp } },
        });
      } else continue;
      this.unlink(type, id, edge);
    }
  }

  private write(patch: Patch, shape: EntityShape, next: Mutable<EntityRecord>, effect: Mutable<Patch>): void {
    const changed: Record<string, Register> = {};
    const set: [string, Register['value']][] = [
      ...Object.entries(patch.set ?? {}),
      ...(patch.unset ?? []).map((path): [string, undefined] => [path, undefined]),
    ];
    for (const [path, value] of set) {
      const old = next.fields[path];
      if (old !== undefined && old.stamp >= patch.stamp) continue;
      const target = relationAt(shape, path)?.target;
      if (
        target !== undefined &&
        !this.relink(patch, path, target, old?.value as string | undefined, value as string | undefined)
      )
        continue;
      changed[path] = value === undefined ? { stamp: patch.stamp } : { value, stamp: patch.stamp };
      if (value === undefined) effect.unset = [...(effect.unset ?? []), path];
      else effect.set = Object.assign(effect.set ?? {}, { [path]: value });
    }
    if (effect.set || effect.unset) next.fields = { ...next.fields, ...changed };
    for (const [relation, change] of Object.entries(patch.rel ?? {})) {
      const target = relationAt(shape, relation)?.target;
      if (target !== undefined) this.relate(patch, relation, target, change, next, effect);
    }
  }

  private relate(
    patch: Patch,
    relation: string,
    target: string,
    change: RelationChange,
    next: Mutable<EntityRecord>,
    effect: Mutable<Patch>,
  ): void {
    let members = membersOf(next, relation);
    const edge = edgeOf(patch.type, relation, patch.id);
    const isLater = (id: string): boolean => {
      const known = members.get(id);
      return known === undefined || membershipStamp(known) < patch.stamp;
    };
    const add = (change.add ?? []).filter((id) => isLater(id) && patch.stamp > (this.record(target, id)?.dead ?? ''));
    for (const id of add) {
      members = members.set(id, `+${patch.stamp}` satisfies Membership);
      this.link(target, id, edge);
    }
    const remove = (change.remove ?? []).filter(isLater);
    for (const id of remove) {
      members = members.set(id, `-${patch.stamp}` satisfies Membership);
      this.unlink(target, id, edge);
      this.newGraves.push({ key: keyOf(patch), member: [relation, id], stamp: patch.stamp });
    }
    if (add.length === 0 && remove.length === 0) return;
    next.rels = { ...next.rels, [relation]: members };
    effect.rel = {
      ...effect.rel,
      [relation]: { ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) },
    };
  }

  /** Moves the edge of a relation to one. @returns false when the new target was deleted after this write */
  private relink(
    patch: Patch,
    path: string,
    target: string,
    old: string | undefined,
    value: string | undefined,
  ): boolean {
    if (value !== undefined && patch.stamp <= (this.record(target, value)?.dead ?? '')) return false;
    const edge = edgeOf(patch.type, path, patch.id);
    if (old !== undefined) this.unlink(target, old, edge);
    if (value !== undefined) this.link(target, value, edge);
    return true;
  }

  private link(type: string, id: string, edge: string): void {
    const key = keyOf({ type, id });
    this.edges = this.edges.set(key, (this.edges.get(key) ?? PersistentMap.empty<true>()).set(edge, true));
  }

  private unlink(type: string, id: string, edge: string): void {
    const key = keyOf({ type, id });
    const left = this.edges.get(key)?.delete(edge);
    if (left) this.edges = left.size === 0 ? this.edges.delete(key) : this.edges.set(key, left);
  }

  private unlinkAll(type: string, id: string, record: EntityRecord): void {
    const shape = shapeOf(this.model, type);
    for (const [name, part] of Object.entries(shape ?? {})) {
      if (isField(part)) continue;
      const value = record.fields[name]?.value;
      const members =
        part.relation === 'many' ? [...membersOf(record, name).keys()] : typeof value === 'string' ? [value] : [];
      for (const member of members) this.unlink(part.target, member, edgeOf(type, name, id));
    }
  }

  private keep(type: string, id: string, record: EntityRecord): void {
    this.tables[type] = (this.tables[type] ?? PersistentMap.empty<EntityRecord>()).set(id, record);
  }

  private forget({ key, member, stamp }: Grave): void {
    const at = key.indexOf('/');
    const [type, id] = [key.slice(0, at), key.slice(at + 1)];
    const record = recordAt(this.store, type, id);
    if (!record) return;
    if (member === undefined) {
      if (record.dead !== stamp || isAlive(record)) return;
      this.unlinkAll(type, id, record);
      this.tables[type] = (this.tables[type] ?? PersistentMap.empty<EntityRecord>()).delete(id);
      return;
    }
    const [relation, related] = member;
    if (membersOf(record, relation).get(related) !== `-${stamp}`) return;
    this.keep(type, id, {
      ...record,
      rels: { ...record.rels, [relation]: membersOf(record, relation).delete(related) },
    });
  }
}

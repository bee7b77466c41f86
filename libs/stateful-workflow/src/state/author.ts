import { isField, type EntityShape, type Model } from '../definitions/entity.js';
import { isKey, kindOf, problemOf } from '../definitions/validate.js';
import { STATEFUL_ENTITY_UNKNOWN, STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { isObject, sameJson, type Json } from '../json.js';
import type { Change } from './changes.js';
import { keyOf, relationAt, shapeOf, type Patch, type RelationChange } from './patch.js';
import { fieldAt, flatten, isWithin } from './paths.js';
import { isAlive, isMember, membersOf, type EntityRecord } from './record.js';
import type { Stamp } from './stamp.js';
import { isKnown, recordAt, relatedIds, type Store } from './store.js';

/** Where an author reads and writes. */
export interface Desk {
  readonly model: Model;
  /** Key of the workflow's own root: it exists as long as the workflow does, so nothing creates it. */
  readonly root: string;
  store(): Store;
  nextStamp(): Stamp;
  commit(patch: Patch): void;
}

export interface AuthorOptions {
  /**
   * Writes only what differs from what is there, and takes what is listed as all there is of a field. For loads and
   * drafts, which say how things are; a client's change is written even if it says what is known, for it may be the
   * later one of two.
   */
  readonly onlyDifferences?: boolean;
}

const MAX_NESTING = 20;

/**
 * Turns changes into patches and commits them one after the other. One stamp serves them all, unless they write to an
 * entity again: then what comes later in the list has to win.
 * @throws CodedError STATEFUL_MESSAGE_INVALID, STATEFUL_ENTITY_UNKNOWN; what was committed before it is to be discarded
 */
export class Author {
  private stamp: Stamp | undefined;
  private readonly written = new Set<string>();

  constructor(
    private readonly desk: Desk,
    private readonly options: AuthorOptions = {},
  ) {}

  change(change: Change): void {
    if (!isObject(change)) throw invalid(`a change is ${kindOf(change)}`);
    switch (change.op) {
      case 'put':
        this.put(change.type, change.entity, 0);
        return;
      case 'update':
        this.update(change.type, change.id, change.set ?? {}, change.unset ?? []);
        return;
      case 'delete':
        this.delete(change.type, change.id);
        return;
      case 'relate':
        this.relate(change.type, change.id, change.relation, change);
        return;
      case 'replace':
        this.replace(change.type, change.id, change.relation, change.entities);
        return;
      default:
        throw invalid('a change has an op that is not one of put, update, delete, relate, replace');
    }
  }

  /** Writes an entity with all that is nested in it. @returns its id */
  put(type: string, entity: unknown, depth = 0): string {
    const shape = this.shape(type);
    if (depth > MAX_NESTING) throw invalid(`${type} is nested deeper than ${MAX_NESTING} levels`);
    if (!isObject(entity) || !isKey(entity['id']))
      throw invalid(`a ${type} has no id: text of 1 to 200 characters without control characters`);
    const id = entity['id'];
    const record = recordAt(this.desk.store(), type, id);
    this.checkFields(type, shape, entity);
    const isRoot = keyOf({ type, id }) === this.desk.root;
    if (!isAlive(record) && !isRoot) this.checkComplete(type, shape, entity);
    this.write(type, id, shape, entity, [], !isRoot && (!this.options.onlyDifferences || !isAlive(record)), depth);
    return id;
  }

  update(type: string, id: string, set: Readonly<Record<string, unknown>>, unset: readonly string[]): void {
    const shape = this.shape(type);
    this.checkKnown(type, id);
    if (!isObject(set) || !Array.isArray(unset)) throw invalid(`the change of ${type} has the wrong form`);
    this.checkFields(type, shape, set);
    this.write(type, id, shape, set, this.pathsOf(type, id, shape, unset), false, 0);
  }

  delete(type: string, id: string): void {
    const shape = this.shape(type);
    if (!isKey(id)) throw invalid(`a ${type} to delete has no id`);
    const key = keyOf({ type, id });
    if (key === this.desk.root) throw invalid(`${type} is the root, which ends with its workflow`);
    const record = recordAt(this.desk.store(), type, id);
    if (this.options.onlyDifferences && !isAlive(record)) return;
    const parts = isAlive(record) ? this.cascade(shape, record) : [];
    this.commit(key, { type, id, delete: true });
    for (const part of parts) if (isKnown(this.desk.store(), part.type, part.id)) this.delete(part.type, part.id);
  }

  relate(type: string, id: string, relation: string, change: RelationChange): void {
    const shape = this.shape(type);
    this.checkKnown(type, id);
    if (relationAt(shape, relation)?.relation !== 'many')
      throw invalid(`${type} has no relation to many of the name given`);
    const { add = [], remove = [] } = change;
    if (!isKeys(add) || !isKeys(remove)) throw invalid(`the change of ${type}.${relation} holds what is no id`);
    const members = this.record(type, id).rels[relation];
    const [joins, leaves] = this.options.onlyDifferences
      ? [
          add.filter((member) => !isMember(members?.get(member))),
          remove.filter((member) => isMember(members?.get(member))),
        ]
      : [add, remove.filter((member) => !add.includes(member))];
    if (joins.length + leaves.length > 0)
      this.commit(keyOf({ type, id }), { type, id, rel: { [relation]: relationChange(joins, leaves) } });
  }

  private replace(type: string, id: string, relation: string, entities: unknown): void {
    const shape = this.shape(type);
    this.checkKnown(type, id);
    const part = relationAt(shape, relation);
    if (part?.relation !== 'many') throw invalid(`${type} has no relation to many of the name given`);
    if (!Array.isArray(entities))
      throw invalid(`the entities of ${type}.${relation} are ${kindOf(entities)}; allowed: a list`);
    const ids = new Set(entities.map((entity) => this.put(part.target, entity)));
    const before = relatedIds(this.desk.store(), this.record(type, id), relation, part.target);
    for (const member of before) if (!ids.has(member)) this.delete(part.target, member);
    this.relate(type, id, relation, { add: [...ids] });
  }

  private write(
    type: string,
    id: string,
    shape: EntityShape,
    values: Readonly<Record<string, unknown>>,
    unset: readonly string[],
    put: boolean,
    depth: number,
  ): void {
    const rel: Record<string, RelationChange> = {};
    const set: [string, Json][] = flatten(shape, values);
    const dropped = [...unset];
    for (const [name, value] of Object.entries(values)) {
      const relation = relationAt(shape, name);
      if (relation?.relation === 'one') {
        if (value === null) dropped.push(name);
        else if (value !== undefined) set.push([name, this.member(relation.target, value, depth)]);
      } else if (relation && value !== undefined) {
        const ids = (value as readonly unknown[]).map((member) => this.member(relation.target, member, depth));
        rel[name] = this.membership(type, id, name, ids);
      } else if (this.options.onlyDifferences && value !== undefined)
        dropped.push(...this.leftover(type, id, name, set));
    }
    const record = recordAt(this.desk.store(), type, id);
    const known = (path: string): Json | undefined => record?.fields[path]?.value;
    const writes = this.options.onlyDifferences ? set.filter(([path, value]) => !sameJson(known(path), value)) : set;
    const unsets = this.options.onlyDifferences ? dropped.filter((path) => known(path) !== undefined) : dropped;
    const related = Object.entries(rel).filter(([, change]) => change.add || change.remove);
    if (!put && writes.length + unsets.length + related.length === 0) return;
    this.commit(keyOf({ type, id }), {
      type,
      id,
      ...(put && { put }),
      ...(writes.length > 0 && { set: Object.fromEntries(writes) }),
      ...(unsets.length > 0 && { unset: unsets }),
      ...(related.length > 0 && { rel: Object.fromEntries(related) }),
    });
  }

  /** Paths below a field that the values do not name any more. */
  private leftover(type: string, id: string, name: string, set: readonly (readonly [string, Json])[]): string[] {
    const record = recordAt(this.desk.store(), type, id);
    if (!record) return [];
    const kept = new Set(set.map(([path]) => path));
    return Object.keys(record.fields).filter((path) => isWithin(path, name) && !kept.has(path));
  }

  private membership(type: string, id: string, relation: string, ids: readonly string[]): RelationChange {
    const record = recordAt(this.desk.store(), type, id);
    const members = record ? membersOf(record, relation) : undefined;
    const listed = new Set(ids);
    const left = [...(members?.entries() ?? [])]
      .filter(([member, membership]) => isMember(membership) && !listed.has(member))
      .map(([member]) => member);
    return relationChange(
      this.options.onlyDifferences ? ids.filter((member) => !isMember(members?.get(member))) : [...listed],
      left,
    );
  }

  /** The id of a related entity; one that is given with its fields is written first. */
  private member(target: string, value: unknown, depth: number): string {
    if (typeof value !== 'string') return this.put(target, value, depth + 1);
    if (!isKey(value)) throw invalid(`an id of a ${target} is not valid`);
    return value;
  }

  private commit(key: string, patch: Omit<Patch, 'stamp'>): void {
    if (this.stamp === undefined || this.written.has(key)) {
      this.stamp = this.desk.nextStamp();
      this.written.clear();
    }
    this.written.add(key);
    this.desk.commit({ ...patch, stamp: this.stamp });
  }

  private cascade(shape: EntityShape, record: EntityRecord): { type: string; id: string }[] {
    return Object.entries(shape).flatMap(([name, part]) => {
      if (isField(part) || part.relation !== 'many' || !part.cascade) return [];
      return relatedIds(this.desk.store(), record, name, part.target).map((id) => ({ type: part.target, id }));
    });
  }

  private shape(type: unknown): EntityShape {
    const shape = typeof type === 'string' ? shapeOf(this.desk.model, type) : undefined;
    if (!shape)
      throw invalid(`the type of an entity is not one of ${Object.keys(this.desk.model.entities).join(', ')}`);
    return shape;
  }

  private record(type: string, id: string): EntityRecord {
    const record = recordAt(this.desk.store(), type, id);
    if (!isAlive(record)) throw STATEFUL_ENTITY_UNKNOWN({ entity: `a ${type}` });
    return record;
  }

  private checkKnown(type: string, id: unknown): void {
    if (!isKey(id))
      throw invalid(
        `the id of a ${type} is ${kindOf(id)}; allowed: text of 1 to 200 characters without control characters`,
      );
    this.record(type, id);
  }

  private checkFields(type: string, shape: EntityShape, values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (part === undefined)
        throw invalid(`${type} has a field that is not defined; allowed: ${Object.keys(shape).join(', ')}`);
      if (value === undefined) continue;
      if (!isField(part)) {
        if (part.relation === 'many' && !Array.isArray(value))
          throw invalid(`${type}.${name} is ${kindOf(value)}; allowed: a list`);
        continue;
      }
      const problem = problemOf(part, value, `${type}.${name}`);
      if (problem !== undefined) throw invalid(problem);
    }
  }

  private checkComplete(type: string, shape: EntityShape, entity: Readonly<Record<string, unknown>>): void {
    const missing = Object.entries(shape).filter(
      ([name, part]) => isField(part) && !part.optional && entity[name] === undefined,
    );
    if (missing.length > 0) throw invalid(`a new ${type} lacks ${missing.map(([name]) => name).join(', ')}`);
  }

  /** The paths to unset: those given, and for a nested object all that it holds. */
  private pathsOf(type: string, id: string, shape: EntityShape, unset: readonly unknown[]): string[] {
    return unset.flatMap((path) => {
      if (typeof path !== 'string') throw invalid(`a path to unset of ${type} is ${kindOf(path)}`);
      const [name = ''] = path.split('.', 1);
      const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (part === undefined || (isField(part) && part.kind === 'key'))
        throw invalid(`a path to unset of ${type} is not defined`);
      if (isField(part) && !part.optional && path === name && part.kind !== 'record')
        throw invalid(`${type}.${name} cannot be unset: it is not optional`);
      if (fieldAt(shape, path) || relationAt(shape, path)?.relation === 'one') return [path];
      const inner = Object.keys(this.record(type, id).fields).filter((known) => isWithin(known, path));
      if (inner.length === 0 && !(isField(part) && path === name))
        throw invalid(`a path to unset of ${type} is not defined`);
      return inner;
    });
  }
}

function isKeys(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isKey);
}

function relationChange(add: readonly string[], remove: readonly string[]): RelationChange {
  return { ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) };
}

function invalid(problem: string) {
  return STATEFUL_MESSAGE_INVALID({ problem });
}

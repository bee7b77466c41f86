import { isField, type EntityShape, type Model } from '../definitions/entity.js';
import { STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { sameJson, type Json } from '../json.js';
import type { Author, Desk } from './author.js';
import { keyOf, shapeOf, type EntityKey } from './patch.js';
import { isAlive } from './record.js';
import { isKnown, isRelated, recordAt, relatedIds } from './store.js';
import { fieldsOf, relatedId } from './view.js';

interface Opened {
  readonly type: string;
  readonly id: string;
  readonly shape: EntityShape;
  readonly draft: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, Json>>;
}

/**
 * Lets a function write to entities as if they were plain objects. An entity is copied when it is first asked for, and
 * compared with its copy at the end: the cost is that of the entities that were touched.
 */
export class DraftSession {
  private readonly opened = new Map<EntityKey, Opened>();

  constructor(
    private readonly model: Model,
    private readonly desk: Desk,
    private readonly author: Author,
  ) {}

  /** An entity to write to; undefined when it is not known. */
  open(type: string, id: string): object | undefined {
    const key = keyOf({ type, id });
    const record = recordAt(this.desk.store(), type, id);
    const shape = shapeOf(this.model, type);
    if (!shape || !isAlive(record)) return undefined;
    const known = this.opened.get(key);
    if (known) return known.draft;
    const before = fieldsOf(shape, id, record);
    const draft = copy(before) as Record<string, unknown>;
    Object.defineProperty(draft, 'id', { value: id, enumerable: true, writable: false });
    for (const [name, part] of Object.entries(shape)) {
      if (isField(part)) continue;
      const handle =
        part.relation === 'many' ? this.many(type, id, name, part.target) : this.one(type, id, name, part.target);
      Object.defineProperty(draft, name, { value: Object.freeze(handle), enumerable: false, writable: false });
    }
    this.opened.set(key, { type, id, shape, draft, before });
    return draft;
  }

  /**
   * Commits what differs from the copies.
   * @throws CodedError STATEFUL_MESSAGE_INVALID when a draft holds what its definition does not allow
   */
  finish(): void {
    for (const { type, id, shape, draft, before } of this.opened.values()) {
      if (!isKnown(this.desk.store(), type, id)) continue;
      const set: Record<string, unknown> = {};
      const unset: string[] = [];
      for (const name of new Set([...Object.keys(before), ...Object.keys(draft)])) {
        if (name === 'id') continue;
        if (!Object.hasOwn(shape, name))
          throw STATEFUL_MESSAGE_INVALID({ problem: `${type} was given a field that is not defined` });
        const value = draft[name] as Json | undefined;
        if (value === undefined) unset.push(...(before[name] === undefined ? [] : [name]));
        else if (!sameJson(before[name], value)) set[name] = copy(value);
      }
      if (Object.keys(set).length + unset.length > 0) this.author.update(type, id, set, unset);
    }
  }

  private many(type: string, id: string, relation: string, target: string) {
    const record = () => recordAt(this.desk.store(), type, id);
    const isIn = (member: string): boolean => {
      const current = record();
      return current !== undefined && isRelated(this.desk.store(), current, relation, target, member);
    };
    return {
      ids: (): readonly string[] => {
        const current = record();
        return current ? relatedIds(this.desk.store(), current, relation, target) : [];
      },
      has: isIn,
      get: (member: string) => (isIn(member) ? this.open(target, member) : undefined),
      add: (entity: unknown): void => {
        const member = typeof entity === 'string' ? entity : this.author.put(target, copy(entity as Json));
        this.author.relate(type, id, relation, { add: [member] });
      },
      remove: (member: string): void => this.author.relate(type, id, relation, { remove: [member] }),
      delete: (member: string): void => {
        if (isIn(member)) this.author.delete(target, member);
      },
    };
  }

  private one(type: string, id: string, relation: string, target: string) {
    const current = (): string | undefined => {
      const record = recordAt(this.desk.store(), type, id);
      return record && relatedId(this.desk.store(), record, relation, target);
    };
    return {
      get id() {
        return current();
      },
      get: () => {
        const member = current();
        return member === undefined ? undefined : this.open(target, member);
      },
      set: (entity: unknown): void =>
        this.author.update(type, id, { [relation]: entity === undefined ? null : copy(entity as Json) }, []),
    };
  }
}

/** A copy of what JSON can hold that shares nothing with the original. */
function copy(value: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item as Json));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item)]));
}

import { isField, type EntityShape, type Model } from '../definitions/entity.js';
import type { Json } from '../json.js';
import { keyOf, shapeOf, type EntityKey } from './patch.js';
import { unflatten, type Path } from './paths.js';
import { isAlive, type EntityRecord } from './record.js';
import { isKnown, recordAt, relatedIds, type Store } from './store.js';

/** The values of an entity by path, without its relations. */
export function* valuesOf(shape: EntityShape, record: EntityRecord): Generator<readonly [Path, Json]> {
  for (const [path, { value }] of Object.entries(record.fields)) {
    const part = shape[path];
    if (value !== undefined && (part === undefined || isField(part))) yield [path, value];
  }
}

/** The fields of an entity as an object of its own, without its relations. */
export function fieldsOf(shape: EntityShape, id: string, record: EntityRecord): Record<string, Json> {
  return { id, ...unflatten(shape, valuesOf(shape, record)) };
}

/** The id that a relation to one holds, if that entity is known. */
export function relatedId(store: Store, record: EntityRecord, relation: string, target: string): string | undefined {
  const id = record.fields[relation]?.value;
  return typeof id === 'string' && isKnown(store, target, id) ? id : undefined;
}

/**
 * Reads a store as objects that hold each other. What is not looked at costs nothing: relations are followed when they
 * are read, each entity is made once, and circles are fine. Nothing can be written to it.
 */
export class Viewer {
  private readonly made = new Map<EntityKey, object>();

  constructor(
    private readonly model: Model,
    private readonly store: Store,
  ) {}

  /** An entity with its relations; undefined when it is not known. */
  entity(type: string, id: string): object | undefined {
    const key = keyOf({ type, id });
    const known = this.made.get(key);
    if (known) return known;
    const shape = shapeOf(this.model, type);
    const record = recordAt(this.store, type, id);
    if (!shape || !isAlive(record)) return undefined;
    const view = deepFreeze(fieldsOf(shape, id, record));
    const whole = Object.defineProperties({}, Object.getOwnPropertyDescriptors(view));
    for (const [name, part] of Object.entries(shape)) {
      if (isField(part)) continue;
      let value: unknown;
      const read = (): unknown => (value ??= this.follow(record, name, part.relation, part.target));
      Object.defineProperty(whole, name, { get: read, enumerable: true });
    }
    Object.defineProperty(whole, 'toJSON', { value: () => plain(whole) });
    this.made.set(key, Object.freeze(whole));
    entityViews.add(whole);
    return whole;
  }

  private follow(record: EntityRecord, name: string, relation: 'one' | 'many', target: string): unknown {
    if (relation === 'many')
      return Object.freeze(relatedIds(this.store, record, name, target).map((id) => this.entity(target, id)));
    const id = relatedId(this.store, record, name, target);
    return id === undefined ? undefined : this.entity(target, id);
  }
}

/**
 * A copy of a view that JSON can hold. An entity is given in full where it comes first and as its id where it comes
 * again, so that circles end and the copy is no larger than what is known.
 */
export function plain(value: unknown, seen: Set<object> = new Set()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, seen));
  if (entityViews.has(value)) {
    if (seen.has(value)) return (value as { readonly id: string }).id;
    seen.add(value);
  }
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => [name, plain(item, seen)]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

const entityViews = new WeakSet<object>();
const viewers = new WeakMap<Store, Viewer>();

/** The viewer of a store; one for each, so that what was read once is not made again. */
export function viewerOf(model: Model, store: Store): Viewer {
  const known = viewers.get(store) ?? new Viewer(model, store);
  viewers.set(store, known);
  return known;
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object);
  return Object.freeze(value);
}

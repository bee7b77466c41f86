import { STATEFUL_DEFINITION_INVALID } from '../errors.js';
import type { Field, KeyField, OptionalField, ValueOf } from './fields.js';

/** A relation to one entity of another type. */
export interface OneRelation<T extends string = string> {
  readonly relation: 'one';
  readonly target: T;
  /** Whether the related entity stays outside of what is handed to a child. */
  readonly reference: boolean;
}

/** A relation to any number of entities: a set, listed in order of id. */
export interface ManyRelation<T extends string = string> {
  readonly relation: 'many';
  readonly target: T;
  /** Whether the related entities are deleted with this one. */
  readonly cascade: boolean;
  /** Whether the related entities stay outside of what is handed to a child. */
  readonly reference: boolean;
}

export type Relation<T extends string = string> = OneRelation<T> | ManyRelation<T>;

/** What an entity consists of: its key, fields and relations. */
export type EntityShape = { readonly id: KeyField } & Readonly<Record<string, Field | Relation>>;

export interface Entity<N extends string = string, S extends EntityShape = EntityShape> {
  readonly name: N;
  readonly shape: S;
}

/** Entity types that refer to each other. */
export type Entities = Readonly<Record<string, Entity>>;

/** A set of entity types in which each relation has its target. */
export interface Model<E extends Entities = Entities> {
  readonly entities: E;
}

/**
 * A relation to at most one entity of type `target`.
 * `reference`: a child that gets this entity gets the id of the related one, but not what it holds. For relations that
 * lead up or across a tree. @default false
 */
export function one<const T extends string>(
  target: T,
  { reference = false }: { reference?: boolean } = {},
): OneRelation<T> {
  return { relation: 'one', target, reference };
}

/**
 * A relation to any number of entities of type `target`.
 * `cascade`: they are deleted with this entity. @default false
 * `reference`: a child that gets this entity gets the ids of the related ones, but not what they hold. @default false
 */
export function many<const T extends string>(
  target: T,
  { cascade = false, reference = false }: { cascade?: boolean; reference?: boolean } = {},
): ManyRelation<T> {
  return { relation: 'many', target, cascade, reference };
}

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;

/**
 * Defines an entity type: `entity('Source', { id: key(), name: str(), datasets: many('Dataset') })`.
 * @throws CodedError STATEFUL_DEFINITION_INVALID
 */
export function entity<const N extends string, S extends EntityShape>(name: N, shape: S): Entity<N, S> {
  if (!NAME.test(name)) throw invalid(`Entity "${name}"`, 'a name of letters, digits and _, starting with a letter');
  for (const [field, part] of Object.entries(shape)) {
    if (!NAME.test(field))
      throw invalid(`Field "${field}" of ${name}`, 'a name of letters, digits and _, starting with a letter');
    if (isField(part) && (part.kind === 'key') !== (field === 'id'))
      throw invalid(`Field "${field}" of ${name}`, 'key() as "id" and nowhere else');
  }
  if (!('id' in shape)) throw invalid(`Entity ${name}`, 'a field id: key()');
  return { name, shape };
}

type ByName<L extends readonly Entity[]> = { readonly [E in L[number] as E['name']]: E };

/**
 * Puts entity types together into a model.
 * @throws CodedError STATEFUL_DEFINITION_INVALID when a relation has no target or a name comes twice
 */
export function model<const L extends readonly Entity[]>(...list: L): Model<ByName<L>> {
  const entities: Record<string, Entity> = {};
  for (const item of list) {
    if (Object.hasOwn(entities, item.name)) throw invalid(`Entity "${item.name}"`, 'each name once in a model');
    entities[item.name] = item;
  }
  for (const { name, shape } of list) {
    for (const [field, part] of Object.entries(shape)) {
      if (isField(part) || Object.hasOwn(entities, part.target)) continue;
      throw invalid(`Relation ${name}.${field} to "${part.target}"`, Object.keys(entities).join(', '));
    }
  }
  return { entities: entities as ByName<L> };
}

export function isField(part: Field | Relation): part is Field {
  return 'kind' in part;
}

export function invalid(what: string, allowed: string) {
  return STATEFUL_DEFINITION_INVALID({ what, allowed });
}

type FieldNames<S> = { [K in keyof S]: S[K] extends Field ? K : never }[keyof S];
type OptionalNames<S> = { [K in keyof S]: S[K] extends OptionalField<unknown> ? K : never }[keyof S];
type ManyNames<S> = { [K in keyof S]: S[K] extends ManyRelation ? K : never }[keyof S];
type OneNames<S> = { [K in keyof S]: S[K] extends OneRelation ? K : never }[keyof S];
type Target<R> = R extends Relation<infer T> ? T : never;

/** Fields of an entity, without its relations. */
export type FieldsOf<S> = { [K in Exclude<FieldNames<S>, OptionalNames<S>>]: ValueOf<S[K]> } & {
  [K in OptionalNames<S>]?: ValueOf<S[K]>;
};

type ReadonlyDeep<T> = T extends readonly (infer I)[]
  ? readonly ReadonlyDeep<I>[]
  : T extends object
    ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
    : T;

/** An entity as it is read: with its relations followed, never to be written to. */
export type View<E extends Entities, N extends string> = N extends keyof E
  ? ReadonlyDeep<FieldsOf<E[N]['shape']>> & {
      readonly [K in ManyNames<E[N]['shape']>]: readonly View<E, Target<E[N]['shape'][K]>>[];
    } & {
      readonly [K in OneNames<E[N]['shape']>]: View<E, Target<E[N]['shape'][K]>> | undefined;
    }
  : never;

/** The related entities of a draft. */
export interface DraftMany<E extends Entities, N extends string> {
  /** Ids of all related entities, in order. */
  ids(): readonly string[];
  has(id: string): boolean;
  /** The related entity as a draft; undefined when it is not related. */
  get(id: string): Draft<E, N> | undefined;
  /** Relates an entity: one that is known, by its id, or by its fields, which are written. */
  add(entity: string | NewEntity<E, N>): void;
  /** Ends the relation; the entity stays. */
  remove(id: string): void;
  /** Deletes the related entity. */
  delete(id: string): void;
}

/** The related entity of a draft. */
export interface DraftOne<E extends Entities, N extends string> {
  readonly id: string | undefined;
  get(): Draft<E, N> | undefined;
  set(entity: string | NewEntity<E, N> | undefined): void;
}

/** An entity as an action writes to it. What the action leaves behind is compared to what was there, entity by entity. */
export type Draft<E extends Entities, N extends string> = N extends keyof E
  ? Omit<FieldsOf<E[N]['shape']>, 'id'> & { readonly id: string } & {
      readonly [K in ManyNames<E[N]['shape']>]: DraftMany<E, Target<E[N]['shape'][K]>>;
    } & {
      readonly [K in OneNames<E[N]['shape']>]: DraftOne<E, Target<E[N]['shape'][K]>>;
    }
  : never;

/** An entity as it comes in: fields, and relations as ids or as entities that are written too. */
export type NewEntity<E extends Entities, N extends string> = N extends keyof E
  ? FieldsOf<E[N]['shape']> & {
      readonly [K in ManyNames<E[N]['shape']>]?: readonly (string | NewEntity<E, Target<E[N]['shape'][K]>>)[];
    } & {
      readonly [K in OneNames<E[N]['shape']>]?: string | NewEntity<E, Target<E[N]['shape'][K]>>;
    }
  : never;

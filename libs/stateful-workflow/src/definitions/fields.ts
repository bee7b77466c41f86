import type { Json } from '../json.js';

/** A typed piece of a definition. `T` is the type of its values; nothing of it exists at run time. */
export interface Field<T = unknown> {
  readonly kind: FieldKind;
  readonly optional?: true;
  /** Carries the type of values through inference; never set. */
  readonly valueType?: T;
}

export type FieldKind =
  'key' | 'text' | 'number' | 'boolean' | 'instant' | 'choice' | 'list' | 'object' | 'record' | 'json';

/** A field that may be absent. */
export interface OptionalField<T> extends Field<T> {
  readonly optional: true;
}

/** The identity of an entity. */
export interface KeyField extends Field<string> {
  readonly kind: 'key';
}

export interface TextField extends Field<string> {
  readonly kind: 'text';
  /** Longest text, in UTF-16 units. */
  readonly max: number;
  readonly min: number;
}

export interface NumberField extends Field<number> {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
}

export interface ChoiceField<V extends string = string> extends Field<V> {
  readonly kind: 'choice';
  readonly values: readonly V[];
}

export interface ListField<T = unknown> extends Field<T[]> {
  readonly kind: 'list';
  readonly items: Field;
  readonly max: number;
}

export interface ObjectField<S extends Shape = Shape> extends Field<Values<S>> {
  readonly kind: 'object';
  readonly shape: S;
}

export interface RecordField<T = unknown> extends Field<Record<string, T>> {
  readonly kind: 'record';
  readonly values: Field;
  readonly max: number;
}

export type AnyField = Field | TextField | NumberField | ChoiceField | ListField | ObjectField | RecordField;

export type Shape = Readonly<Record<string, Field>>;

/** Type of the values of a field. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

type OptionalNames<S> = { [K in keyof S]: S[K] extends { readonly optional: true } ? K : never }[keyof S];

/** Type of the values of a shape: an object with its fields. */
export type Values<S extends Shape> = { [K in Exclude<keyof S, OptionalNames<S>>]: ValueOf<S[K]> } & {
  [K in OptionalNames<S> & keyof S]?: ValueOf<S[K]>;
};

/** The field that identifies an entity; each entity has one, always named `id`. */
export function key(): KeyField {
  return { kind: 'key' };
}

/** Text. `max`: longest, in UTF-16 units. @default 10,000 */
export function str({ min = 0, max = 10_000 }: { min?: number; max?: number } = {}): TextField {
  return { kind: 'text', min, max };
}

/** A finite number. */
export function num({
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
}: { min?: number; max?: number } = {}): NumberField {
  return { kind: 'number', integer: false, min, max };
}

/** A whole number that a double holds exactly. */
export function int({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
}: { min?: number; max?: number } = {}): NumberField {
  return { kind: 'number', integer: true, min, max };
}

export function bool(): Field<boolean> {
  return { kind: 'boolean' };
}

/** A point in time: RFC 3339 in UTC, `2026-11-21T08:00:00Z`. */
export function instant(): Field<string> {
  return { kind: 'instant' };
}

/** One of the listed texts. */
export function choice<const V extends string>(...values: readonly V[]): ChoiceField<V> {
  return { kind: 'choice', values };
}

/** An ordered list, written as a whole: the latest write wins, items are not merged. `max`: most items. @default 1,000 */
export function list<F extends Field>(items: F, { max = 1000 }: { max?: number } = {}): ListField<ValueOf<F>> {
  return { kind: 'list', items, max };
}

/** A nested object. Each of its fields is merged by itself, so that two writers of different fields both keep theirs. */
export function obj<S extends Shape>(shape: S): ObjectField<S> {
  return { kind: 'object', shape };
}

/** Values under names not known beforehand; each name is merged by itself. `max`: most names. @default 1,000 */
export function record<F extends Field>(values: F, { max = 1000 }: { max?: number } = {}): RecordField<ValueOf<F>> {
  return { kind: 'record', values, max };
}

/** Anything that JSON holds, written as a whole. */
export function json(): Field<Json> {
  return { kind: 'json' };
}

/** A field that may be absent. */
export function optional<F extends Field>(field: F): F & OptionalField<ValueOf<F>> {
  return { ...field, optional: true } as F & OptionalField<ValueOf<F>>;
}

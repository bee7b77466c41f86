import { isField, type EntityShape } from '../definitions/entity.js';
import type { Field, ObjectField, RecordField, Shape } from '../definitions/fields.js';
import { isRecordName } from '../definitions/validate.js';
import { isObject, type Json } from '../json.js';

/**
 * Where a value is kept: a path through nested objects and records down to what is written as a whole. `prefs.theme`
 * and `labels.team` are merged by themselves; a list has one path.
 */
export type Path = string;

/** The field at a path, if the path leads to one that is written as a whole. The key has none: it never changes. */
export function fieldAt(shape: EntityShape | Shape, path: Path): Field | undefined {
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (part === undefined || !isField(part) || part.kind === 'key') return undefined;
  if (part.kind === 'object') return dot < 0 ? undefined : fieldAt((part as ObjectField).shape, path.slice(dot + 1));
  if (part.kind === 'record')
    return dot < 0 || !isRecordName(path.slice(dot + 1)) ? undefined : (part as RecordField).values;
  return dot < 0 ? part : undefined;
}

/** Cuts values into paths, in the order of the values. Values that are undefined are left out. */
export function flatten(shape: EntityShape | Shape, values: Readonly<Record<string, unknown>>): [Path, Json][] {
  return Object.entries(values).flatMap(([name, value]) => {
    const part = shape[name];
    return part === undefined || !isField(part) || part.kind === 'key' ? [] : flattenField(part, value, name);
  });
}

function flattenField(field: Field, value: unknown, path: Path): [Path, Json][] {
  if (value === undefined) return [];
  if (field.kind === 'object' && isObject(value)) {
    return flatten((field as ObjectField).shape, value).map(([inner, item]) => [`${path}.${inner}`, item]);
  }
  if (field.kind === 'record' && isObject(value)) {
    return Object.entries(value).map(([name, item]) => [`${path}.${name}`, item as Json]);
  }
  return [[path, value as Json]];
}

/** Puts values by path back together. Nested objects that have nothing in them are left out if they are optional. */
export function unflatten(shape: EntityShape, values: Iterable<readonly [Path, Json]>): Record<string, Json> {
  const whole: Record<string, Json> = {};
  for (const [name, part] of Object.entries(shape)) {
    if (isField(part) && !part.optional && (part.kind === 'object' || part.kind === 'record')) whole[name] = {};
  }
  for (const [path, value] of values) place(whole, shape, path, value);
  return whole;
}

function place(whole: Record<string, Json>, shape: EntityShape | Shape, path: Path, value: Json): void {
  const dot = path.indexOf('.');
  if (dot < 0) {
    whole[path] = value;
    return;
  }
  const name = path.slice(0, dot);
  const rest = path.slice(dot + 1);
  const inner = (whole[name] ??= {}) as Record<string, Json>;
  const part = shape[name] as Field | undefined;
  if (part?.kind === 'object') place(inner, (part as ObjectField).shape, rest, value);
  else inner[rest] = value;
}

/** Whether `path` is `prefix` or lies below it. */
export function isWithin(path: Path, prefix: Path): boolean {
  return path === prefix || path.startsWith(`${prefix}.`);
}

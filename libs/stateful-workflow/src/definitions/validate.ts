import { isObject } from '../json.js';
import type { AnyField, Field, ListField, NumberField, ObjectField, RecordField, TextField } from './fields.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const MAX_DEPTH = 20;
/** Names that would reach into an object's prototype instead of the object. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What is wrong with `value` as a value of `field`, naming the place and what is allowed but never the value;
 * undefined when nothing is.
 */
export function problemOf(field: Field, value: unknown, path: string): string | undefined {
  if (value === undefined) return field.optional ? undefined : `${path} is missing`;
  const problem = check(field, value, path);
  return problem;
}

function check(field: AnyField, value: unknown, path: string): string | undefined {
  switch (field.kind) {
    case 'key':
      return isKey(value)
        ? undefined
        : `${path} is ${kindOf(value)}; allowed: text of 1 to 200 characters without control characters`;
    case 'text':
      return text(field as TextField, value, path);
    case 'number':
      return number(field as NumberField, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${path} is ${kindOf(value)}; allowed: true, false`;
    case 'instant':
      return typeof value === 'string' && INSTANT.test(value)
        ? undefined
        : `${path} is ${kindOf(value)}; allowed: a time such as 2026-11-21T08:00:00Z`;
    case 'choice': {
      const { values } = field as { values: readonly string[] };
      return typeof value === 'string' && values.includes(value)
        ? undefined
        : `${path} is not one of ${values.join(', ')}`;
    }
    case 'list':
      return list(field as ListField, value, path);
    case 'object':
      return object(field as ObjectField, value, path);
    case 'record':
      return record(field as RecordField, value, path);
    case 'json':
      return json(value, path, 0);
  }
}

/** Whether `value` can identify an entity: it also becomes part of a workflow id. */
export function isKey(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length > 0 && value.length <= 200 && !/\p{Control}|\p{Surrogate}/u.test(value)
  );
}

/** Whether a name can stand in a record without touching an object's prototype. */
export function isRecordName(name: string): boolean {
  return name.length > 0 && name.length <= 200 && !RESERVED.has(name);
}

function text({ min, max }: TextField, value: unknown, path: string): string | undefined {
  if (typeof value !== 'string') return `${path} is ${kindOf(value)}; allowed: text`;
  return value.length >= min && value.length <= max
    ? undefined
    : `${path} has ${value.length} characters; allowed: ${min} to ${max}`;
}

function number({ integer, min, max }: NumberField, value: unknown, path: string): string | undefined {
  const kind = integer ? 'a whole number' : 'a number';
  if (typeof value !== 'number' || !Number.isFinite(value) || (integer && !Number.isSafeInteger(value))) {
    return `${path} is ${kindOf(value)}; allowed: ${kind}`;
  }
  return value >= min && value <= max ? undefined : `${path} is outside of ${min} to ${max}`;
}

function list({ items, max }: ListField, value: unknown, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} is ${kindOf(value)}; allowed: a list`;
  if (value.length > max) return `${path} has ${value.length} items; allowed: ${max}`;
  return first(value, (item, index) => problemOf(items, item, `${path}[${index}]`));
}

function object({ shape }: ObjectField, value: unknown, path: string): string | undefined {
  if (!isObject(value)) return `${path} is ${kindOf(value)}; allowed: an object`;
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined)
    return `${path}.${clipped(unknown)} is not defined; allowed: ${Object.keys(shape).join(', ')}`;
  return first(Object.entries(shape), ([name, field]) => problemOf(field, value[name], `${path}.${name}`));
}

function record({ values, max }: RecordField, value: unknown, path: string): string | undefined {
  if (!isObject(value)) return `${path} is ${kindOf(value)}; allowed: an object`;
  const entries = Object.entries(value);
  if (entries.length > max) return `${path} has ${entries.length} names; allowed: ${max}`;
  return first(entries, ([name, item]) =>
    isRecordName(name)
      ? problemOf(values, item, `${path}.${clipped(name)}`)
      : `${path} has the name ${clipped(name)}, which is not allowed`,
  );
}

function json(value: unknown, path: string, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return `${path} is nested deeper than ${MAX_DEPTH} levels`;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is not a finite number`;
  if (Array.isArray(value)) return first(value, (item, index) => json(item, `${path}[${index}]`, depth + 1));
  if (!isObject(value)) return `${path} is ${kindOf(value)}; allowed: what JSON holds`;
  return first(Object.entries(value), ([name, item]) =>
    isRecordName(name)
      ? json(item, `${path}.${clipped(name)}`, depth + 1)
      : `${path} has the name ${clipped(name)}, which is not allowed`,
  );
}

function first<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = problem(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The kind of a value, for messages that must not show the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : typeof value === 'object' ? 'an object' : typeof value;
}

function clipped(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}...` : name;
}

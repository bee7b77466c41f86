import type { SecretRef } from '@tributary/common';
import { Type, type SchemaOptions, type Static, type TObject, type TProperties, type TSchema, type TUnsafe } from '@sinclair/typebox';

/** An object that holds the listed properties and no other. */
export function closed<P extends TProperties>(properties: P, options: SchemaOptions = {}): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** A list, typed read-only as the messages are. */
export function list<T extends TSchema>(items: T, options: { minItems?: number; maxItems?: number } = {}): TUnsafe<readonly Static<T>[]> {
  return Type.Unsafe<readonly Static<T>[]>(Type.Array(items, options));
}

/** One of the listed texts. */
export function oneOf<const V extends string>(values: readonly V[], options: SchemaOptions = {}): TUnsafe<V> {
  return Type.Unsafe<V>({ type: 'string', enum: [...values], ...options });
}

/** A number under each name, of any name. */
export function countsByName(options: SchemaOptions = {}): TUnsafe<Readonly<Record<string, number>>> {
  return Type.Unsafe<Readonly<Record<string, number>>>({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 0 },
    ...options,
  });
}

/** A whole number from 0. */
export function count(description?: string) {
  return Type.Integer({ minimum: 0, ...(description === undefined ? {} : { description }) });
}

/** A point in time, RFC 3339 in UTC. By pattern: a `format` would need a plug-in in whatever validator reads it. */
export function timestamp(description: string) {
  return Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$', description });
}

/** A name as PostgreSQL takes it: at most 63 bytes, anything but NUL. */
export function sqlName(description: string) {
  return Type.String({ minLength: 1, maxLength: 63, pattern: '^[^\\u0000]+$', description });
}

/** `secret://<store>/<name>[#key]`; the grammar is that of `parseSecretRef`. */
export function secretRef(description: string): TUnsafe<SecretRef> {
  return Type.Unsafe<SecretRef>({
    type: 'string',
    maxLength: 512,
    pattern:
      '^secret://[A-Za-z0-9][A-Za-z0-9._-]{0,62}/[A-Za-z0-9][A-Za-z0-9._/-]{0,252}(?:#[A-Za-z0-9][A-Za-z0-9._-]{0,126})?$',
    description,
    examples: ['secret://local/warehouse#password'],
  });
}

import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';

/** Reference to a shared schema, with its type. */
export function ref<T extends TSchema>(schema: T): TUnsafe<Static<T>> {
  return refTo<Static<T>>(String(schema.$id));
}

/** Reference to a shared schema by its `$id`, for modules that the one with the schema imports. */
export function refTo<T>(id: string): TUnsafe<T> {
  return Type.Unsafe<T>(Type.Ref(`${id}#`));
}

/** A schema of the contracts as a shared one of this API. */
export function withId<T extends TSchema>(schema: T, id: string): T {
  return { ...schema, $id: id };
}

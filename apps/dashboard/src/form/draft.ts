import { isObject, type JsonSchema } from './json-schema.js';
import { fits } from './validate.js';

/**
 * What a draft of a form stands for: without the places that were left empty, and without optional parts in which
 * nothing was filled in. What a schema fixes is filled in.
 */
export function finished(schema: JsonSchema, draft: unknown, required = true): unknown {
  if (schema.const !== undefined) return required || draft !== undefined ? (draft ?? schema.const) : undefined;
  const effective = withBranch(schema, draft);
  if (effective.properties) {
    const value = finishedObject(effective, isObject(draft) ? draft : {});
    return !required && Object.keys(value).length === 0 ? undefined : value;
  }
  if (Array.isArray(draft)) {
    const { items } = schema;
    const entries: unknown[] = items ? draft.map((item) => finished(items, item)) : draft;
    return !required && entries.length === 0 ? undefined : entries;
  }
  return draft === '' ? undefined : draft;
}

function finishedObject({ properties = {}, required = [] }: JsonSchema, draft: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties)) {
    const isRequired = required.includes(name);
    const inner = finished(schema, draft[name], isRequired);
    // A fixed value of a part in which nothing else stands is no reason to have the part.
    if (inner !== undefined) value[name] = inner;
  }
  // What the form does not know, an example may hold all the same: the API says what it thinks of it.
  for (const [name, inner] of Object.entries(draft)) if (!(name in properties) && inner !== undefined) value[name] = inner;
  return value;
}

/** A schema with the branch of its `if` that a draft has taken. */
export function withBranch(schema: JsonSchema, draft: unknown): JsonSchema {
  if (!schema.if) return schema;
  const branch = fits(schema.if, draft) ? schema.then : schema.else;
  if (!branch) return schema;
  return { ...schema, properties: { ...schema.properties, ...branch.properties }, required: [...new Set([...(schema.required ?? []), ...(branch.required ?? [])])] };
}

/** Names of properties of which exactly one is to be given; empty where a schema leaves it open. */
export function alternatives({ oneOf, properties = {} }: JsonSchema): readonly string[] {
  const names = (oneOf ?? []).map(({ required }) => (required?.length === 1 ? required[0] : undefined));
  return names.every((name): name is string => name !== undefined && name in properties) ? names : [];
}

/** A draft with the value at a path replaced; undefined takes it away. */
export function changed(draft: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const entries = Array.isArray(draft) ? (draft as unknown[]) : [];
    const next = changed(entries[step], rest, value);
    return next === undefined ? entries.filter((_, index) => index !== step) : Object.assign([...entries], { [step]: next });
  }
  const { [step]: before, ...others } = isObject(draft) ? draft : {};
  const next = changed(before, rest, value);
  return next === undefined ? others : { ...others, [step]: next };
}

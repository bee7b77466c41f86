/** A JSON schema, or a part of one. */
export type Schema = { readonly [key: string]: unknown };

/** Names of `kind`s, each with its schema: `apps/v1/Deployment`. */
export type SchemaSet = Readonly<Record<string, Schema>>;

const DROPPED = new Set(['description', 'example', 'externalDocs', 'default', 'title', 'format']);

/**
 * A schema as the API server publishes it, made to refuse fields that it does not know, without prose. `format` goes
 * too: its names for numbers are none of JSON Schema.
 */
export function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema)
    .filter(([key, value]) => !(DROPPED.has(key) && typeof value !== 'object') && !(key === 'pattern' && !isPattern(value)))
    .map(([key, value]) => [key, key === 'properties' ? eachValue(value as Schema, strict) : strict(value)] as const);
  const result: Record<string, unknown> = Object.fromEntries(entries);
  if (result['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  const open = result['x-kubernetes-preserve-unknown-fields'] === true || result['additionalProperties'] !== undefined;
  const kept = Object.fromEntries(Object.entries(result).filter(([key]) => !key.startsWith('x-kubernetes-')));
  if (kept['properties'] !== undefined && !open) kept['additionalProperties'] = false;
  return kept;
}

/** The definitions that `roots` lead to, made strict. */
export function reachable(definitions: Readonly<Record<string, Schema>>, roots: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name in found) continue;
    const definition = definitions[name];
    if (!definition) throw new Error(`There is no definition ${name}`);
    found[name] = definitionOf(name) ?? strict(definition);
    open.push(...[...JSON.stringify(found[name]).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, to = '']) => to));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Types whose published schema says less than the server checks. */
function definitionOf(name: string): Schema | undefined {
  if (name.endsWith('.util.intstr.IntOrString')) return { type: ['integer', 'string'] };
  if (name.endsWith('.api.resource.Quantity')) {
    return { type: ['string', 'number'], pattern: String.raw`^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$` };
  }
  return undefined;
}

/** Some patterns are of Go's dialect. */
function isPattern(value: unknown): boolean {
  try {
    return new RegExp(String(value), 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function eachValue(object: Schema, change: (value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

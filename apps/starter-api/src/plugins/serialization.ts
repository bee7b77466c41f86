import fastJson from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';

type Serializer = (value: unknown) => string;
type Schemas = Readonly<Record<string, unknown>>;

/** As far as it is used here: its own types are those of another version of Ajv. */
const makeSerializer = fastJson as unknown as (schema: object, options: { readonly schema: Schemas }) => Serializer;

/**
 * Answers are serialized by their schemas. A serializer is made for the first answer that needs it, out of the shared
 * schemas that it refers to, and once for all routes that answer alike. Fastify would make one for each status of each
 * route at start, each out of all shared schemas: that was most of what a start took.
 */
export function serializeByNeed(app: FastifyInstance): void {
  const made = new Map<string, Serializer>();
  app.setSerializerCompiler(({ schema }) => {
    let serialize: Serializer | undefined;
    return (value: unknown) => {
      serialize ??= serializerOf(schema, app.getSchemas(), made);
      return serialize(value);
    };
  });
}

function serializerOf(schema: object, shared: Schemas, made: Map<string, Serializer>): Serializer {
  const text = JSON.stringify(schema);
  const known = made.get(text);
  if (known) return known;
  const serializer = makeSerializer(schema, { schema: referred(schema, shared) });
  made.set(text, serializer);
  return serializer;
}

/** Those of the shared schemas that a schema refers to, through others too. */
export function referred(schema: object, shared: Schemas): Schemas {
  const found = new Map<string, unknown>();
  const open: unknown[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [, id = ''] of JSON.stringify(next).matchAll(/"\$ref":"([^"#]+)/g)) {
      const target = shared[id];
      if (target === undefined || found.has(id)) continue;
      found.set(id, target);
      open.push(target);
    }
  }
  return Object.fromEntries(found);
}

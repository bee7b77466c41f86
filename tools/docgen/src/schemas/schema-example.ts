import type { JsonSchema, ResolveSchema } from './json-schema.js';

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-11-21T08:00:00.000Z',
  date: '2026-11-21',
  uri: 'https://example.com',
  uuid: '0191e1b2-5d9c-7c4e-9a56-1f3f3ad1a001',
};

const DEEPEST = 8;

/** A value of the schema: its own example where it has one, else made of those of its parts, what may be absent left out. */
export function exampleOf(schema: JsonSchema, resolve: ResolveSchema, depth = 0): unknown {
  const given = givenExample(schema);
  if (given !== undefined) return given;
  if (depth > DEEPEST) return null;
  const next = (part: JsonSchema): unknown => exampleOf(part, resolve, depth + 1);
  if (schema.$ref !== undefined) {
    const target = resolve(schema.$ref);
    return target === undefined ? null : next(target);
  }
  const [alternative] = schema.anyOf ?? schema.oneOf ?? [];
  // Alternatives of an object that has properties say which of them go together.
  if (alternative && !schema.properties) return next(alternative);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(next)) as unknown;
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name)).map(([name, property]) => [name, next(property)]),
      );
    case 'array':
      return schema.items ? [next(schema.items)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    case 'string':
      return FORMATS[schema.format ?? ''] ?? '…';
    default:
      return null;
  }
}

function givenExample({ const: constant, example, examples, default: byDefault, enum: values }: JsonSchema): unknown {
  return constant ?? example ?? examples?.[0] ?? byDefault ?? values?.[0];
}

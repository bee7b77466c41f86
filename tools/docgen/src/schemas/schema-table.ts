import { escapeText, table } from '../markdown.js';
import { nameOfRef, type JsonSchema } from './json-schema.js';

/** Deeper than this only the type is told. */
const DEEPEST = 6;

/** Link to what a reference refers to, in Markdown. */
export type LinkOfRef = (name: string) => string;

/**
 * The properties of an object as a table, those of objects within it under their path: `source.host`, `include[].schema`.
 * Undefined when there are none.
 */
export function schemaTable(schema: JsonSchema, linkOf: LinkOfRef): string | undefined {
  const rows = rowsOf(schema, '', linkOf, 0);
  return rows.length === 0 ? undefined : table(['Property', 'Type', 'Present', 'What'], rows);
}

function rowsOf(schema: JsonSchema, path: string, linkOf: LinkOfRef, depth: number): string[][] {
  if (depth > DEEPEST || schema.$ref !== undefined) return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const present = schema.required?.includes(name) ? 'always' : '';
    return [[`\`${at}\``, typeText(property, linkOf), present, whatText(property)], ...rowsOf(property, at, linkOf, depth + 1)];
  });
  const within = [
    ...(schema.items ? rowsOf(schema.items, `${path}[]`, linkOf, depth + 1) : []),
    ...valuesOf(schema).flatMap((values) => rowsOf(values, `${path}.*`, linkOf, depth + 1)),
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((parts) => parts ?? []).flatMap((part) => rowsOf(part, path, linkOf, depth + 1)),
  ];
  const seen = new Set<string>();
  // Alternatives of one object share properties.
  return [...own, ...within].filter(([name = '']) => !seen.has(name) && seen.add(name));
}

function valuesOf({ additionalProperties, patternProperties }: JsonSchema): JsonSchema[] {
  return [...(typeof additionalProperties === 'object' ? [additionalProperties] : []), ...Object.values(patternProperties ?? {})];
}

/** The type in words, with links to schemas that have a name. */
export function typeText(schema: JsonSchema, linkOf: LinkOfRef): string {
  if (schema.$ref !== undefined) return linkOf(nameOfRef(schema.$ref));
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``).join(', ');
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return [...new Set(parts.map((part) => typeText(part, linkOf)))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeText(schema.items, linkOf) : 'anything'}`;
  const [values] = valuesOf(schema);
  if (schema.type === 'object' && values && !schema.properties) return `${typeText(values, linkOf)} by name`;
  const type = schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ');
  return schema.format === undefined ? type : `${type}, ${schema.format}`;
}

function whatText(schema: JsonSchema): string {
  const { description, default: byDefault } = schema;
  const bounds = boundsText(schema);
  return [
    ...(description === undefined ? [] : [escapeText(description)]),
    ...(bounds === undefined ? [] : [bounds]),
    ...(byDefault === undefined ? [] : [`Default: \`${JSON.stringify(byDefault).replaceAll('|', '\\|')}\`.`]),
  ].join(' ');
}

function boundsText({ minimum, maximum, minLength, maxLength, minItems, maxItems }: JsonSchema): string | undefined {
  const range = (from: number | undefined, to: number | undefined, unit: string): string[] => {
    if (to === undefined) return from === undefined || from === 0 ? [] : [`At least ${from}${unit}.`];
    return [from === undefined ? `At most ${to}${unit}.` : `${from} to ${to}${unit}.`];
  };
  const texts = [...range(minimum, maximum, ''), ...range(minLength, maxLength, ' characters'), ...range(minItems, maxItems, ' items')];
  return texts.length === 0 ? undefined : texts.join(' ');
}

import type {
  FieldDescription,
  OperationDescription,
  ParameterDescription,
  ResourceDescription,
  ServiceDescription,
  ValueType,
} from './description.js';

const HEADER = '// Made by `npx nx run clients:generate-launchpad` out of devel.json: change that, not this.\n';

/** Operations whose result the service description does not describe; their types are written by hand. */
const VALUES: Readonly<Record<string, string>> = { getInlineComments: 'readonly InlineComment[]' };

/** Text of `resources.generated.ts`. */
export function generateResources({ types }: ServiceDescription): string {
  const entries = Object.entries(types).filter(([, { kind }]) => kind === 'entry');
  return [
    HEADER + '/* eslint-disable max-lines */',
    `import type { Readable } from '../redacted.js';`,
    ...entries.map(([name, type]) => resourceInterface(name, type)),
    `/** Resource types by the name that Launchpad gives them. */\n${block(
      'export interface Resources',
      entries.map(([name]) => `${name}: ${pascal(name)};`),
    )}`,
  ].join('\n\n') + '\n';
}

/** Text of `operations.generated.ts`. */
export function generateOperations({ types }: ServiceDescription): string {
  const interfaces = new Map<string, { readonly name: string; readonly text: string }>();
  const operations = Object.entries(types).flatMap(([type, { operations: all }]) =>
    Object.entries(all).map(([operation, description]) => {
      const name = `${pascal(type)}${pascal(operation)}`;
      const parameters = parametersOf(name, description, interfaces);
      return `'${type}.${operation}': { returns: '${description.returns}'; result: ${resultOf(operation, description)}; parameters: ${parameters} };`;
    }),
  );
  return [
    HEADER.trimEnd(),
    `import type { InlineComment } from '../inline-comment.js';`,
    ...[...interfaces.values()].map(({ name, text }) => text.replace('interface _', `interface ${name}`)),
    `/** Named operations that read, by resource type and name. */\n${block('export interface Operations', operations)}`,
  ].join('\n\n') + '\n';
}

function resourceInterface(name: string, { fields = {}, webLink }: ResourceDescription): string {
  return block(`export interface ${pascal(name)}`, [
    'readonly self_link: string;',
    ...(webLink ? ['readonly web_link?: Readable<string | null>;'] : []),
    'readonly resource_type_link: string;',
    ...Object.entries(fields).map(([field, description]) => `readonly ${field}: ${fieldType(description)};`),
    'readonly http_etag: string;',
  ]);
}

function fieldType(field: FieldDescription): string {
  if (field.type === 'json') return 'unknown';
  return `Readable<${valueType(field)}${field.nullable ? ' | null' : ''}>`;
}

/** Parameters up to which an operation needs no interface of its own. */
const SHORT = 2;

function parametersOf(
  name: string,
  { parameters }: OperationDescription,
  interfaces: Map<string, { readonly name: string; readonly text: string }>,
): string {
  const lines = Object.entries(parameters).map(
    ([parameter, description]) => `readonly ${parameter}${description.required ? '' : '?'}: ${parameterType(description)};`,
  );
  if (lines.length === 0) return 'Record<never, never>';
  if (lines.length <= SHORT) return `{ ${lines.join(' ')} }`;
  const text = block('export interface _', lines);
  const known = interfaces.get(text);
  if (!known) interfaces.set(text, { name: `${name}Parameters`, text });
  return known?.name ?? `${name}Parameters`;
}

function parameterType(parameter: ParameterDescription): string {
  const { list: _, ...single } = parameter;
  const type = single.type === 'dateTime' ? 'string | Date' : valueType(single);
  if (!parameter.list) return type;
  return `${type} | readonly ${type.includes('|') ? `(${type})` : type}[]`;
}

function resultOf(operation: string, { of }: OperationDescription): string {
  if (of !== undefined) return `'${of}'`;
  const type = VALUES[operation];
  if (type === undefined) throw new Error(`Operation "${operation}" returns a value: write its type and name it in VALUES`);
  return type;
}

function valueType({ type, values = [], list }: ValueType): string {
  const single = type === 'enum' ? values.map(quote).join(' | ') : SCALARS[type];
  return list ? `readonly ${type === 'enum' ? `(${single})` : single}[]` : single;
}

const SCALARS: Readonly<Record<Exclude<ValueType['type'], 'enum'>, string>> & Readonly<Record<'enum', never>> = {
  string: 'string',
  dateTime: 'string',
  date: 'string',
  link: 'string',
  collection: 'string',
  file: 'string',
  int: 'number',
  float: 'number',
  boolean: 'boolean',
  json: 'unknown',
  enum: undefined as never,
};

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;
}

function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z])/gi, (_, letter: string) => letter.toUpperCase());
}

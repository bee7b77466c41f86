import type { Static, TSchema } from '@sinclair/typebox';
import { nearest } from '@tributary/common';
import Ajv, { type ErrorObject } from 'ajv';
import type { ArgProblem } from './arg-problem.js';

export type CheckedArgs<A> =
  | { readonly args: A; readonly problems: readonly [] }
  | { readonly args: undefined; readonly problems: readonly ArgProblem[] };

/** Checks arguments against a schema, and finds everything that is wrong with them at once. */
export function argsChecker<S extends TSchema>(schema: S): (args: unknown) => CheckedArgs<Static<S>> {
  const validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema);
  return (args) => {
    if (validate(args)) return { args: args as Static<S>, problems: [] };
    // What is wrong within each alternative of a oneOf says nothing; the oneOf itself does.
    const errors = (validate.errors ?? []).filter(({ schemaPath }) => !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath));
    return { args: undefined, problems: errors.map((error) => problemOf(error)) };
  };
}

function problemOf(error: ErrorObject): ArgProblem {
  const { instancePath, keyword, data } = error;
  const params = error.params as Record<string, unknown>;
  if (keyword === 'required') {
    const name = String(params['missingProperty']);
    return { path: `${instancePath}/${segment(name)}`, received: undefined, allowed: described(error, name) };
  }
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    const known = Object.keys(propertiesOf(error));
    const meant = nearest(name, known);
    const hint = meant === undefined ? `only ${known.join(', ')}` : `only known names; did you mean ${meant}?`;
    return { path: `${instancePath}/${segment(name)}`, received: (data as Record<string, unknown>)[name], allowed: hint };
  }
  return { path: instancePath, received: keyword === 'oneOf' ? namesIn(data) : data, allowed: allowedBy(error, params) };
}

function allowedBy(error: ErrorObject, params: Record<string, unknown>): string {
  switch (error.keyword) {
    case 'type':
      return `a value of type ${String(params['type'])}`;
    case 'enum':
      return `one of ${(params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const':
      return JSON.stringify(params['allowedValue']);
    case 'pattern':
      return described(error);
    case 'oneOf':
      return `exactly one of ${alternatives(error).join(', ')}`;
    case 'anyOf':
      return `at least one of ${alternatives(error).join(', ')}`;
    default:
      return (error.message ?? error.keyword).replace(/^must (?:be|have|NOT have) /, (words) => ({ 'must be ': '', 'must have ': '', 'must NOT have ': 'not ' })[words] ?? words);
  }
}

/** What the schema says of a property, or of the value that the error is about. */
function described(error: ErrorObject, property?: string): string {
  const schema = (property === undefined ? error.parentSchema : propertiesOf(error)[property]) as
    | { readonly description?: string; readonly type?: string; readonly pattern?: string; readonly examples?: readonly unknown[] }
    | undefined;
  const example = schema?.examples?.[0];
  const text = schema?.description ?? (schema?.pattern === undefined ? `a value of type ${schema?.type ?? 'any'}` : `text that matches ${schema.pattern}`);
  return example === undefined ? text : `${text.replace(/\.$/, '')} (like ${JSON.stringify(example)})`;
}

function alternatives(error: ErrorObject): string[] {
  const branches = (error.schema ?? []) as readonly { readonly required?: readonly string[]; readonly title?: string }[];
  return branches.map(({ required, title }, index) => required?.join(' with ') ?? title ?? `alternative ${index + 1}`);
}

/** Of an object whose combination of names is wrong, the names tell enough. */
function namesIn(data: unknown): unknown {
  return typeof data === 'object' && data !== null ? Object.keys(data) : data;
}

function propertiesOf({ parentSchema }: ErrorObject): Record<string, unknown> {
  return (parentSchema as { properties?: Record<string, unknown> } | undefined)?.properties ?? {};
}

function segment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

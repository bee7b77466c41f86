import Ajv, { type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema, SchemaSet } from './strict-schema.js';

const FOLDER = join(__dirname, '..', '..', 'schemas');

interface KubernetesSchemas {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: SchemaSet;
}

/** Says what is wrong with a Kubernetes object, by the schemas of one minor version and of the custom resources. */
export type Validator = (manifest: { readonly apiVersion: string; readonly kind: string }) => string[];

/** @param minor such as `1.35` */
export function validatorOf(minor: string): Validator {
  const { kinds, definitions } = read<KubernetesSchemas>(`kubernetes-${minor}.json`);
  const custom = read<{ kinds: SchemaSet }>('custom-resources.json').kinds;
  const ajv = new Ajv({ strict: false, allErrors: true });
  const compiled = new Map<string, ValidateFunction>();
  const validateOf = (key: string): ValidateFunction | undefined => {
    const known = compiled.get(key);
    if (known) return known;
    const name = kinds[key];
    const schema: Schema | undefined = name === undefined ? custom[key] : { $ref: `#/definitions/${name}`, definitions };
    if (!schema) return undefined;
    const validate = ajv.compile(schema);
    compiled.set(key, validate);
    return validate;
  };
  return (manifest) => {
    const key = `${manifest.apiVersion}/${manifest.kind}`;
    const validate = validateOf(key);
    if (!validate) return [`${key} is not known to Kubernetes ${minor}`];
    if (validate(manifest)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${key} ${instancePath}: ${message ?? ''} ${JSON.stringify(params)}`);
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as T;
}

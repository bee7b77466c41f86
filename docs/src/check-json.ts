import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import type { Snippet } from './extract-snippets.js';

/** What is wrong with a block of JSON: its syntax, or that it does not fit the schema that it claims. */
export function checkJson({ code, schema, notRun }: Snippet, workspace: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(code);
  } catch (error) {
    return [`is no JSON: ${error instanceof Error ? error.message : String(error)}`];
  }
  if (schema === undefined) return notRun === undefined ? ['claims no schema: put <!-- schema: path --> before it'] : [];
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(JSON.parse(readFileSync(join(workspace, schema), 'utf8')) as object);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `does not fit ${schema}: ${instancePath} ${message}`);
}

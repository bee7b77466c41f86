import { isCredentialName } from '@tributary/workflow-contracts/schemas';
import type { ErrorObject } from 'ajv';
import type { InputProblem } from './problem-schema.js';

const SHOWN_MAX = 40;

/** One error of the validator as what was received and what is allowed. Values are shown only where that is harmless. */
export function describeSchemaError(error: ErrorObject): InputProblem {
  const { keyword, instancePath, params, data } = error as ErrorObject & { params: Record<string, unknown> };
  const pointer = keyword === 'required' ? `${instancePath}/${segment(params['missingProperty'])}` : instancePath || '/';
  if (keyword === 'required') return { pointer, received: 'nothing', allowed: 'a value: the property is required' };
  if (keyword === 'additionalProperties') {
    const names = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
    return { pointer: `${instancePath}/${segment(params['additionalProperty'])}`, allowed: `no property of this name; allowed: ${names.join(', ')}` };
  }
  const received = shown(data, instancePath);
  return { pointer, ...(received === undefined ? {} : { received }), allowed: allowedBy(keyword, params, error) };
}

function allowedBy(keyword: string, params: Record<string, unknown>, error: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `type ${String(params['type'])}`;
    case 'enum':
      return `one of ${(params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const':
      return JSON.stringify(params['allowedValue']);
    case 'pattern':
      return `text that matches ${String(params['pattern'])}`;
    case 'minLength':
    case 'maxLength':
      return `text of ${keyword === 'minLength' ? 'at least' : 'at most'} ${String(params['limit'])} characters`;
    case 'minItems':
    case 'maxItems':
      return `${keyword === 'minItems' ? 'at least' : 'at most'} ${String(params['limit'])} items`;
    case 'minProperties':
      return `at least ${String(params['limit'])} of the properties ${Object.keys((error.parentSchema as { properties?: object }).properties ?? {}).join(', ')}`;
    case 'minimum':
    case 'maximum':
      return `a number ${String(params['comparison'])} ${String(params['limit'])}`;
    case 'oneOf':
      return `exactly one of the properties ${alternatives(error).join(', ')}`;
    case 'anyOf':
      return `at least one of the properties ${alternatives(error).join(', ')}`;
    default:
      return error.message ?? keyword;
  }
}

interface Choice {
  readonly oneOf?: readonly { readonly required?: readonly string[] }[];
  readonly anyOf?: Choice['oneOf'];
}

/** Names that the branches of a choice require. */
function alternatives({ parentSchema }: ErrorObject): string[] {
  const { oneOf, anyOf } = parentSchema as Choice;
  return (oneOf ?? anyOf ?? []).flatMap(({ required }) => required ?? []);
}

/** Whether an error only repeats another one: branches of a choice, and the condition that led to a part of the schema. */
export function isEcho({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'if' || /\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath);
}

function shown(data: unknown, pointer: string): string | undefined {
  if (pointer.split('/').some(isCredentialName)) return undefined;
  if (data === undefined) return undefined;
  if (data === null) return 'null';
  if (typeof data === 'object') return Array.isArray(data) ? `a list of ${data.length} items` : 'an object';
  const text = JSON.stringify(data);
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}… (${text.length} characters)`;
}

/** Names of strangers' properties are shortened too: a value may have been pasted as a name. */
function segment(name: unknown): string {
  const text = String(name);
  const short = text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}…`;
  return short.replaceAll('~', '~0').replaceAll('/', '~1');
}

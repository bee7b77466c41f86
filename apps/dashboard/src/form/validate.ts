import { isObject, pointerOf, textOf, type JsonSchema } from './json-schema.js';

type Path = readonly (string | number)[];

/** What is wrong with a value, by JSON pointer; the first finding of each place, in words for the one who fills in the form. */
export type Findings = ReadonlyMap<string, string>;

/** Checks a value against a schema. Says the same as the API does, but sooner; the API's word is the last. */
export function validate(schema: JsonSchema, value: unknown): Findings {
  const findings = new Map<string, string>();
  check(schema, value, [], (path, finding) => {
    const pointer = pointerOf(path);
    if (!findings.has(pointer)) findings.set(pointer, finding);
  });
  return findings;
}

type Report = (path: Path, finding: string) => void;

function check(schema: JsonSchema, value: unknown, path: Path, report: Report): void {
  if (!hasType(schema, value)) {
    report(path, typeFinding(schema, value));
    return;
  }
  if (schema.const !== undefined && !equal(value, schema.const)) report(path, `Only ${JSON.stringify(schema.const)} is allowed.`);
  if (schema.enum && !schema.enum.some((allowed) => equal(value, allowed))) report(path, `One of ${schema.enum.map(String).join(', ')}.`);
  if (typeof value === 'string') checkText(schema, value, path, report);
  if (typeof value === 'number') checkNumber(schema, value, path, report);
  if (Array.isArray(value)) checkList(schema, value, path, report);
  if (isObject(value)) checkObject(schema, value, path, report);
  checkCombined(schema, value, path, report);
}

function hasType({ type }: JsonSchema, value: unknown): boolean {
  if (type === undefined) return true;
  return HAS_TYPE[type](value);
}

const HAS_TYPE: Readonly<Record<NonNullable<JsonSchema['type']>, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: Number.isFinite,
  integer: Number.isInteger,
  null: (value) => value === null,
};

function typeFinding({ type }: JsonSchema, value: unknown): string {
  if (value === undefined) return 'This is needed.';
  if (type === 'integer') return 'A whole number is needed.';
  if (type === 'number') return 'A number is needed.';
  if (type === 'boolean') return 'Yes or no is needed.';
  return `A value of type ${type ?? 'any'} is needed.`;
}

function checkText(schema: JsonSchema, value: string, path: Path, report: Report): void {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength) report(path, schema.minLength === 1 ? 'This is needed.' : `At least ${schema.minLength} characters.`);
  if (schema.maxLength !== undefined && length > schema.maxLength) report(path, `At most ${schema.maxLength} characters; these are ${length}.`);
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) report(path, patternFinding(schema));
}

function patternFinding({ examples, pattern = '' }: JsonSchema): string {
  const example = examples?.[0] === undefined ? '' : ` For example ${textOf(examples[0])}`;
  if (pattern.startsWith('^secret://')) return `Only a reference to a secret goes here, never the secret itself.${example}`;
  return `It does not have the form that is needed.${example || ` It must match ${pattern}`}`;
}

function checkNumber({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: JsonSchema, value: number, path: Path, report: Report): void {
  if (minimum !== undefined && value < minimum) report(path, `At least ${minimum}.`);
  if (maximum !== undefined && value > maximum) report(path, `At most ${maximum}.`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) report(path, `More than ${exclusiveMinimum}.`);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) report(path, `Less than ${exclusiveMaximum}.`);
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) report(path, `A multiple of ${multipleOf}.`);
}

function checkList({ items, minItems, maxItems, uniqueItems }: JsonSchema, value: readonly unknown[], path: Path, report: Report): void {
  if (minItems !== undefined && value.length < minItems) report(path, `At least ${minItems} ${minItems === 1 ? 'entry' : 'entries'}.`);
  if (maxItems !== undefined && value.length > maxItems) report(path, `At most ${maxItems} entries; these are ${value.length}.`);
  if (uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) report(path, 'No entry twice.');
  if (items) value.forEach((item, index) => { check(items, item, [...path, index], report); });
}

function checkObject(schema: JsonSchema, value: Readonly<Record<string, unknown>>, path: Path, report: Report): void {
  const { properties = {}, required = [], additionalProperties, minProperties, maxProperties } = schema;
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
  for (const name of required) if (!given.some(([present]) => present === name)) report([...path, name], 'This is needed.');
  if (minProperties !== undefined && given.length < minProperties) report(path, `Fill in at least ${minProperties} of ${Object.keys(properties).join(', ')}.`);
  if (maxProperties !== undefined && given.length > maxProperties) report(path, `At most ${maxProperties} properties.`);
  for (const [name, inner] of given) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) check(known, inner, [...path, name], report);
    else if (additionalProperties === false) report([...path, name], `Unknown. Allowed: ${Object.keys(properties).join(', ')}.`);
    else if (typeof additionalProperties === 'object') check(additionalProperties, inner, [...path, name], report);
  }
}

function checkCombined(schema: JsonSchema, value: unknown, path: Path, report: Report): void {
  const { allOf = [], anyOf, oneOf, if: condition, then, else: otherwise } = schema;
  for (const part of allOf) check(part, value, path, report);
  if (anyOf && !anyOf.some((part) => fits(part, value))) report(path, 'It has none of the forms that are allowed.');
  if (oneOf) {
    const fitting = oneOf.filter((part) => fits(part, value)).length;
    if (fitting !== 1) report(path, oneOfFinding(oneOf, fitting));
  }
  if (condition) {
    const branch = fits(condition, value) ? then : otherwise;
    if (branch) check(branch, value, path, report);
  }
}

function oneOfFinding(parts: readonly JsonSchema[], fitting: number): string {
  const names = parts.flatMap(({ required }) => (required?.length === 1 ? required : []));
  if (names.length === parts.length) return `Exactly one of ${names.join(', ')} is needed.`;
  return fitting === 0 ? 'It has none of the forms that are allowed.' : 'It has more than one of the forms that exclude each other.';
}

/** Whether a value fits a schema. */
export function fits(schema: JsonSchema, value: unknown): boolean {
  return validate(schema, value).size === 0;
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

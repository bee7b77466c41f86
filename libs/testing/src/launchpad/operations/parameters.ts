import { badRequest, Problem } from '../http-problem.js';
import type { OperationDescription, ParameterDescription } from '../representation/service-description.js';
import type { Entity } from '../world/entities.js';
import { micros, type Micros } from '../world/time.js';

/** The parameters of a call that its operation declares, decoded. */
export interface Parameters {
  has(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[] | undefined;
  flag(name: string): boolean | undefined;
  int(name: string): number | undefined;
  time(name: string): Micros | undefined;
  entity(name: string): Entity | undefined;
}

type Decoded = string | number | boolean | Entity | readonly (string | number | boolean | Entity)[];

/** Finds the entity that a URL or path names, as seen by the caller. */
export type FindByLink = (link: string) => Entity | undefined;

/**
 * Decodes the declared parameters of a query. Each value is JSON if it parses, else a string as it stands; a list is a
 * key that is repeated, or one JSON array. What is not declared is ignored, as Launchpad ignores it.
 * @throws Problem 400 with Launchpad's text
 */
export function decodeParameters(
  query: URLSearchParams,
  operation: OperationDescription,
  find: FindByLink,
): Parameters {
  const values = new Map<string, Decoded>();
  for (const [name, description] of Object.entries(operation.parameters)) {
    const raw = query.getAll(name).map(jsonOrText);
    const given = description.list === true && Array.isArray(raw[0]) && raw.length === 1 ? (raw[0] as unknown[]) : raw;
    const present = given.filter((value) => value !== null);
    if (present.length === 0) {
      if (description.required === true) throw badRequest(`${name}: Required input is missing.`);
      continue;
    }
    try {
      values.set(
        name,
        description.list === true
          ? present.map((value) => decode(value, description, find))
          : decode(present.at(-1), description, find),
      );
    } catch (error) {
      throw error instanceof Problem ? badRequest(`${name}: ${error.message}`) : error;
    }
  }
  return reader(values);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function decode(
  value: unknown,
  description: ParameterDescription,
  find: FindByLink,
): string | number | boolean | Entity {
  switch (description.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      // A string is what JSON did not understand, such as Python's True.
      return value !== 'False' && value !== '' && value !== 0;
    case 'int':
      if (typeof value === 'number' && Number.isInteger(value)) return value;
      throw badRequest(`got '${typeNameOf(value)}', expected int: ${python(value)}`);
    case 'dateTime':
      if (typeof value === 'string') return utcMicros(value);
      throw badRequest("Value doesn't look like a date.");
    case 'enum': {
      const allowed = description.values ?? [];
      if (typeof value === 'string' && allowed.includes(value)) return value;
      throw badRequest(`Invalid value ${JSON.stringify(value)}. Acceptable values are: ${allowed.join(', ')}`);
    }
    case 'link': {
      const entity = typeof value === 'string' ? find(value) : undefined;
      if (entity === undefined) throw badRequest(`No such object ${JSON.stringify(value)}.`);
      return entity;
    }
    default:
      if (typeof value === 'string') return value;
      throw badRequest(`got '${typeNameOf(value)}', expected str: ${python(value)}`);
  }
}

function typeNameOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  return Array.isArray(value) ? 'list' : 'dict';
}

function python(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:(T| )(\d\d):(\d\d)(?::(\d\d)(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** A day, or a moment whose zone is UTC: given, or implied by the `T`. */
function utcMicros(text: string): Micros {
  const match = DATE.exec(text);
  if (match === null) throw badRequest("Value doesn't look like a date.");
  const [, year, month, day, separator, hour, minute, second, fraction, zone] = match;
  const noZone = zone === undefined && separator === ' ';
  if (noZone || (zone !== undefined && zone !== 'Z' && Number(zone.replace(/[+:-]/g, '')) !== 0))
    throw badRequest('Time not in UTC.');
  try {
    const time = separator === undefined ? '00:00:00' : `${hour}:${minute}:${second ?? '00'}${fraction ?? ''}`;
    return micros(`${year}-${month}-${day}T${time}Z`);
  } catch {
    throw badRequest("Value doesn't look like a date.");
  }
}

function reader(values: ReadonlyMap<string, Decoded>): Parameters {
  const single = (name: string) => {
    const value = values.get(name);
    return Array.isArray(value) ? (value[0] as unknown) : value;
  };
  const typed = <T extends string | number | boolean>(name: string, type: 'string' | 'number' | 'boolean') => {
    const value = single(name);
    return typeof value === type ? (value as T) : undefined;
  };
  return {
    has: (name) => values.has(name),
    text: (name) => typed<string>(name, 'string'),
    texts: (name) => {
      const value = values.get(name);
      return value === undefined ? undefined : (Array.isArray(value) ? value : [value]).map(String);
    },
    flag: (name) => typed<boolean>(name, 'boolean'),
    int: (name) => typed<number>(name, 'number'),
    time: (name) => typed<number>(name, 'number'),
    entity: (name) => {
      const value = single(name);
      return typeof value === 'object' && value !== null ? (value as Entity) : undefined;
    },
  };
}

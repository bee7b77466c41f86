import { CONFIG_INVALID } from './errors.js';
import { projectVariableNames } from './groups.js';
import { nearest } from '../nearest.js';
import type { Config, ConfigSchema } from './schema.js';
import type { Variable } from './variable.js';

const PREFIX = 'TRIBUTARY_';
const API_PREFIX = 'TRIBUTARY_API_';

/** Environment variables by name, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads an app's environment by its schema. A variable set to the empty text counts as unset.
 * @throws CodedError CONFIG_INVALID, which lists every problem there is
 */
export function loadConfig<S extends ConfigSchema>(schema: S, env: Environment): Config<S> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(schema.variables)) values[key] = readVariable(variable, env, problems);
  problems.push(...withoutEffect(schema, env), ...unknownVariables(schema, env));
  if (problems.length > 0) {
    throw CONFIG_INVALID({ app: schema.app, count: problems.length, problems: problems.map((text) => `\n- ${text}`).join('') });
  }
  return values as Config<S>;
}

function readVariable<T>(variable: Variable<T>, env: Environment, problems: string[]): T {
  const given = [variable.name, ...variable.aliases].filter((name) => env[name]);
  const [name = variable.name, other] = given;
  const text = env[name];
  const allowed = `Allowed: ${variable.allowed}${variable.unit ? ` (${variable.unit})` : ''}.`;
  if (!text) {
    if (variable.required) problems.push(`${name} is not set. ${allowed} ${variable.description}`);
    return variable.fallback;
  }
  if (other !== undefined && env[other] !== text) {
    problems.push(`${name} and ${other} mean the same and are set to different values. Set one of them.`);
    return variable.fallback;
  }
  const reading = variable.read(text);
  if ('value' in reading) return reading.value;
  problems.push(`${name} ${reading.problem}. Received: ${shown(variable, text)}. ${allowed}`);
  return variable.fallback;
}

/** What is set, but only counts together with something that is not set so. */
function withoutEffect(schema: ConfigSchema, env: Environment): string[] {
  return Object.values(schema.variables).flatMap(({ name, onlyWith }) => {
    if (!onlyWith || !env[name]) return [];
    const other = env[onlyWith.name];
    if (other && onlyWith.matches.test(other)) return [];
    return [`${name} is set, and counts only where ${onlyWith.name} is ${onlyWith.means}. Remove it, or change ${onlyWith.name}.`];
  });
}

function shown(variable: Variable<unknown>, text: string): string {
  // A URL may hold a password just because that is what is wrong with it.
  if (variable.secret || text.includes('@')) return `${text.length} characters, not shown`;
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

/** Whether a variable is the API's alone, and this is another app that shares its environment. */
function isForeign(name: string, own: readonly string[]): boolean {
  return name.startsWith(API_PREFIX) && !own.some((candidate) => candidate.startsWith(API_PREFIX));
}

function unknownVariables(schema: ConfigSchema, env: Environment): string[] {
  const own = Object.values(schema.variables).flatMap(({ name, aliases }) => [name, ...aliases]);
  const known = new Set([...own, ...projectVariableNames]);
  const unknown = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.has(name) && !isForeign(name, own));
  return unknown.sort().map((name) => {
    if (/_SERVICE_(HOST|PORT)(_|$)|_PORT_\d+_(TCP|UDP)/.test(name)) {
      return `${name} is unknown: Kubernetes sets it for a Service. Set enableServiceLinks: false in the Pod.`;
    }
    const suggestion = nearest(name, own.filter((candidate) => candidate.startsWith(PREFIX)));
    return `${name} is unknown.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`;
  });
}

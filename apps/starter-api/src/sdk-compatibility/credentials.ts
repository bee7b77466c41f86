import { findCredential } from '@tributary/workflow-contracts/schemas';
import type { SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { SDK_CREDENTIAL_REFUSED, SDK_CREDENTIALS_MISSING, SDK_UNSUPPORTED } from '../errors.js';

export type SdkBody = Readonly<Record<string, unknown>>;

/** Properties by which a body without `credentials` is known to be the credentials themselves. */
const OF_CREDENTIALS = ['host', 'port', 'authType', 'username', 'password', 'database', 'extra'];

/**
 * Credentials of a body of any of the SDK's forms, as flat properties: of `extra` as `extra.<name>`. Undefined when there
 * are none.
 */
export function credentialsOf(body: SdkBody): Record<string, unknown> | undefined {
  const { credentials } = body;
  if (Array.isArray(credentials)) return flat(Object.fromEntries(credentials.flatMap(pairOf)));
  if (isObject(credentials)) return flat(credentials);
  if (credentials !== undefined || !OF_CREDENTIALS.some((name) => name in body)) return undefined;
  return flat(Object.fromEntries(OF_CREDENTIALS.flatMap((name) => (name in body ? [[name, body[name]]] : []))));
}

/**
 * Refuses a body with a credential in it, wherever that stands.
 * @throws CodedError SDK_CREDENTIAL_REFUSED
 */
export function refuseCredentials(body: SdkBody): void {
  const { credentials, ...others } = body;
  const pointer = findCredential(others) ?? credentialIn(credentials);
  if (pointer !== undefined) throw SDK_CREDENTIAL_REFUSED({ pointer });
}

/** Every value is looked at as it came, also one that another of the same name would hide. */
function credentialIn(credentials: unknown): string | undefined {
  // Below its name every text would count: what it holds is judged by names of its own.
  if (isObject(credentials)) return findCredential(credentials);
  if (!Array.isArray(credentials)) return findCredential({ credentials });
  for (const [index, pair] of (credentials as unknown[]).entries()) {
    const isPair = isObject(pair) && typeof pair['key'] === 'string' && Object.keys(pair).every((name) => name === 'key' || name === 'value');
    const found = isPair ? findCredential({ [String(pair['key'])]: pair['value'] }) : findCredential({ credentials: pair });
    if (found !== undefined) return `/credentials/${index}`;
  }
  return undefined;
}

/**
 * The source that credentials lead to; not checked against its schema yet.
 * @throws CodedError SDK_CREDENTIALS_MISSING, SDK_UNSUPPORTED
 */
export function sourceOf(credentials: Readonly<Record<string, unknown>> | undefined): SqlSource {
  if (!credentials || Object.keys(credentials).length === 0) throw SDK_CREDENTIALS_MISSING();
  const { authType, host, username, password } = credentials;
  if (authType !== undefined && authType !== 'basic') {
    throw SDK_UNSUPPORTED({ what: 'an authType other than basic', instead: 'Sign in with user name and password.' });
  }
  const read = (name: string): unknown => credentials[name] ?? credentials[`extra.${name}`];
  const port = read('port');
  const source = {
    type: 'postgres',
    host,
    port: typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : port,
    user: username,
    password,
    database: read('database'),
    sslMode: read('sslmode'),
  };
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value !== '');
  // The schema of the source says what of it is wrong; of what is no plain value, that it is none.
  return Object.fromEntries(given.map(([name, value]) => [name, plain(value)])) as unknown as SqlSource;
}

function pairOf(pair: unknown): [string, unknown][] {
  if (!isObject(pair)) return [];
  const { key, value } = pair;
  return typeof key === 'string' ? [[key, value]] : [];
}

function flat(credentials: SdkBody): Record<string, unknown> {
  const { extra, ...others } = credentials;
  const inner = isObject(extra) ? Object.entries(extra).map(([name, value]) => [`extra.${name}`, value]) : [];
  return { ...others, ...(Object.fromEntries(inner) as object) };
}

/** A value as it is, or nothing where it is a list or an object. */
export function plain(value: unknown): unknown {
  return typeof value === 'object' ? null : value;
}

export function isObject(value: unknown): value is SdkBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

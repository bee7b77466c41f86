import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from './access.js';
import { AUTH_KEYS_INVALID } from './errors.js';
import { isRole, ROLES, type Role } from './roles.js';

const KEY_BYTES = 32;
const KEY = /^trib_[A-Za-z0-9_-]{43}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$/;
const HASH = /^[0-9a-f]{64}$/;

/** A key as the API knows it: whose it is, what it may do, and its hash. */
export interface ApiKey {
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the whole key. */
  readonly hash: Buffer;
}

/** A new key of 256 random bits: too many to guess, so that a plain hash of it can be kept. */
export function newApiKey(): string {
  return `trib_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** The entry of TRIBUTARY_API_KEYS for a key. @throws AUTH_KEYS_INVALID when the name or the role is none */
export function apiKeyEntry(key: string, name: string, role: string): string {
  const entry = `${name}:${role}:${hashOf(key).toString('hex')}`;
  parseApiKeys(entry);
  return entry;
}

/**
 * Reads TRIBUTARY_API_KEYS: `name:role:sha256` of each key, separated by commas.
 * @throws AUTH_KEYS_INVALID naming the place; it quotes nothing, as what stands there may be a key
 */
export function parseApiKeys(text: string): readonly ApiKey[] {
  const keys = text.split(',').map((entry, index) => parseEntry(entry.trim(), index + 1));
  const twice = keys.findIndex(({ name }, index) => keys.findIndex((other) => other.name === name) < index);
  if (twice >= 0) throw AUTH_KEYS_INVALID({ entry: twice + 1, problem: 'its name is taken by an entry before it' });
  return keys;
}

function parseEntry(text: string, entry: number): ApiKey {
  const [name = '', role, hash = '', ...rest] = text.split(':');
  const problem = !NAME.test(name)
    ? 'its name is none: allowed are 1 to 63 letters, digits and . _ @ -'
    : !isRole(role)
      ? `its role is none of ${ROLES.join(', ')}`
      : !HASH.test(hash) || rest.length > 0
        ? 'its hash is not 64 hexadecimal digits'
        : undefined;
  if (problem !== undefined) throw AUTH_KEYS_INVALID({ entry, problem });
  return { name, role: role as Role, hash: Buffer.from(hash, 'hex') };
}

/** Whether a credential has the form of an API key; any other is a token. */
export function looksLikeApiKey(credential: string): boolean {
  return credential.startsWith('trib_');
}

/** Whose key it is, undefined when nobody's. Takes the same time whatever matches. */
export function findApiKey(keys: readonly ApiKey[], key: string): Caller | undefined {
  // What somebody has made up is easier to guess than what `newApiKey` has made.
  if (!KEY.test(key)) return undefined;
  const hash = hashOf(key);
  const [found] = keys.filter((known) => timingSafeEqual(known.hash, hash));
  return found && { name: found.name, role: found.role, kind: 'api-key' };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

import { createHash, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;

/** A new key of the API. */
export function newApiKey(): string {
  return `trib_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** What TRIBUTARY_API_KEYS has of a key: its hash, and what it may do. */
export function apiKeyEntry(key: string, name: string, role: 'viewer' | 'operator' | 'admin'): string {
  return `${name}:${role}:${createHash('sha256').update(key).digest('hex')}`;
}

/** The header that a request with a key has. */
export function bearer(key: string): { readonly authorization: string } {
  return { authorization: `Bearer ${key}` };
}

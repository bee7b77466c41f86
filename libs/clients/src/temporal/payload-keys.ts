import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Secret } from '@tributary/common';
import { PAYLOAD_KEYS_INVALID } from './errors.js';

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Keys by id. Key objects do not print their bytes. */
export type PayloadKeys = ReadonlyMap<string, KeyObject>;

/** Whether `text` may be the id of a key. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}

/**
 * Reads the keys out of a secret: a JSON object `{"<key id>": "<base64 of 32 bytes>"}`. Messages name key ids and lengths,
 * never what was received.
 * @throws CodedError PAYLOAD_KEYS_INVALID
 */
export function parsePayloadKeys(secret: Secret): PayloadKeys {
  const entries = Object.entries(parseObject(secret.reveal()));
  if (entries.length === 0) throw invalid('there is none');
  return new Map(entries.map(([id, value]) => [id, parseKey(id, value)]));
}

function parseObject(text: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid('the secret is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw invalid('the secret is not a JSON object');
  return parsed;
}

function parseKey(id: string, value: unknown): KeyObject {
  if (!isKeyId(id)) throw invalid(`a key id of ${id.length} characters is not 1 to 64 letters, digits, ".", "_" or "-"`);
  if (typeof value !== 'string') throw invalid(`key "${id}" is no text`);
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') !== value) throw invalid(`key "${id}" is not base64 with padding`);
  if (bytes.length !== KEY_BYTES) throw invalid(`key "${id}" has ${bytes.length} bytes`);
  return createSecretKey(bytes);
}

function invalid(reason: string): Error {
  return PAYLOAD_KEYS_INVALID({ reason });
}

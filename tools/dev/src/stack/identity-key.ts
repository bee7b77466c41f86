import { randomBytes } from 'node:crypto';
import { readJson } from './layout.js';
import type { StackLayout } from './layout.js';
import { writePrivateJson } from './private-file.js';

const KEY_BYTES = 32;

/** Key of the hashes that stand for people: made once, and kept for the starts to come. */
export function identityKey({ identityKey: file }: Pick<StackLayout, 'identityKey'>): string {
  const kept = readJson<{ key?: unknown }>(file)?.key;
  if (typeof kept === 'string' && kept.length >= KEY_BYTES) return kept;
  const key = randomBytes(KEY_BYTES).toString('base64url');
  writePrivateJson(file, { key });
  return key;
}

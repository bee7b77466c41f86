import { STATE_KEY_INVALID } from './errors.js';

/** Bytes that every state store we know takes, with room for the prefix that Dapr puts before a key. */
export const MAX_STATE_KEY_BYTES = 1024;

const ALLOWED =
  'segments joined by "/", each of letters, digits and -._~%:@=+,!$&\'()*; no empty segment, "." or ".."; up to 1024 bytes';
const SEGMENT = /^[A-Za-z0-9._~%:@=+,!$&'()*-]+$/;

/**
 * Checks a state key. The grammar keeps out what a store or Dapr itself gives a meaning to: `||` (Dapr's own separator),
 * white space, control characters, non-ASCII text. Names are percent-encoded into it.
 * @throws CodedError STATE_KEY_INVALID
 */
export function assertStateKey(key: string): void {
  const reason = whyInvalid(key);
  if (reason) throw STATE_KEY_INVALID({ key: key.slice(0, 120), reason, allowed: ALLOWED });
}

function whyInvalid(key: string): string | undefined {
  if (key === '') return 'it is empty';
  if (Buffer.byteLength(key) > MAX_STATE_KEY_BYTES) return `it has ${Buffer.byteLength(key)} bytes`;
  for (const segment of key.split('/')) {
    if (segment === '') return 'it has an empty segment';
    if (segment === '.' || segment === '..') return `it has the segment "${segment}"`;
    if (!SEGMENT.test(segment)) return `segment "${segment.slice(0, 60)}" has a character that is not allowed`;
  }
  return undefined;
}

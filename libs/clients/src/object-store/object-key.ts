import { OBJECT_KEY_INVALID, OBJECT_RANGE_INVALID } from './errors.js';

export const MAX_OBJECT_KEY_BYTES = 1024;
/** What file systems allow for one name. */
export const MAX_SEGMENT_BYTES = 255;
/** First segment that belongs to the stores themselves. */
export const STAGING_SEGMENT = '.tributary-staging';

const ALLOWED =
  'segments joined by "/", each of 1 to 255 bytes, not "." or "..", without control characters or "\\"; up to 1024 bytes';
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\\]/;

/**
 * Checks the key of an object. Percent signs and any other Unicode pass as they are.
 * @throws CodedError OBJECT_KEY_INVALID
 */
export function assertObjectKey(key: string): void {
  const reason = whyInvalid(key);
  if (reason) throw OBJECT_KEY_INVALID({ key: printable(key), reason, allowed: ALLOWED });
}

/** Checks a prefix of keys: empty, or the beginning of a key, with or without a "/" at its end. */
export function assertKeyPrefix(prefix: string): void {
  if (prefix !== '') assertObjectKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}

/** Checks the ends of a byte range, both inclusive. @throws CodedError OBJECT_RANGE_INVALID */
export function assertRange(start: number | undefined, end: number | undefined): void {
  const from = start ?? 0;
  const to = end ?? Number.MAX_SAFE_INTEGER;
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to >= from) return;
  throw OBJECT_RANGE_INVALID({ start: from, end: end ?? 'the end' });
}

/** Order of keys: by their UTF-8 bytes, the same in every store. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function whyInvalid(key: string): string | undefined {
  if (key === '') return 'it is empty';
  if (/\p{Surrogate}/u.test(key)) return 'it has a lone surrogate';
  if (Buffer.byteLength(key) > MAX_OBJECT_KEY_BYTES) return `it has ${Buffer.byteLength(key)} bytes`;
  if (FORBIDDEN.test(key)) return 'it has a control character or a backslash';
  if (key.startsWith('/')) return 'it begins with "/"';
  const segments = key.split('/');
  if (segments[0] === STAGING_SEGMENT) return `"${STAGING_SEGMENT}" is where the store keeps unfinished objects`;
  for (const segment of segments) {
    if (segment === '') return 'it has an empty segment';
    if (segment === '.' || segment === '..') return `it has the segment "${segment}"`;
    const bytes = Buffer.byteLength(segment);
    if (bytes > MAX_SEGMENT_BYTES) return `the segment "${segment.slice(0, 40)}…" has ${bytes} bytes`;
  }
  return undefined;
}

function printable(key: string): string {
  return JSON.stringify(key.slice(0, 200)).slice(1, -1);
}

import { createHash } from 'node:crypto';
import { API_PAGE_TOKEN_INVALID } from '../errors.js';

const MARK_BYTES = 8;

/** Makes Temporal's token for the next page one that only fits the list it came from. */
export function encodePageToken(query: string, token: Uint8Array): string {
  return Buffer.concat([mark(query, token), token]).toString('base64url');
}

/** @throws CodedError API_PAGE_TOKEN_INVALID when the token is of another list, or none at all */
export function decodePageToken(query: string, text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url');
  const token = bytes.subarray(MARK_BYTES);
  if (token.length === 0 || !bytes.subarray(0, MARK_BYTES).equals(mark(query, token))) throw API_PAGE_TOKEN_INVALID();
  return token;
}

/** Also tells a damaged token, which Temporal takes for an error of its own and answers late. */
function mark(query: string, token: Uint8Array): Buffer {
  return createHash('sha256').update(query).update(token).digest().subarray(0, MARK_BYTES);
}

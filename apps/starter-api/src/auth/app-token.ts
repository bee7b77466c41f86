import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@tributary/common';
import { AUTH_APP_TOKEN_REFUSED } from './errors.js';

/**
 * Checks the token that the sidecar sends with every call to its app.
 * @throws AUTH_APP_TOKEN_REFUSED, also when there is no token to compare with: then nobody is the sidecar
 */
export function checkAppToken(expected: Secret | undefined, given: string | string[] | undefined): void {
  if (!expected) throw AUTH_APP_TOKEN_REFUSED({ problem: 'APP_API_TOKEN is not set, so nobody can be told from others' });
  if (typeof given !== 'string' || given === '') throw AUTH_APP_TOKEN_REFUSED({ problem: 'the request has no header dapr-api-token' });
  // Hashes are of the same length whatever was sent.
  if (!timingSafeEqual(sha256(expected.reveal()), sha256(given))) throw AUTH_APP_TOKEN_REFUSED({ problem: 'the header dapr-api-token is not APP_API_TOKEN' });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Secret } from '@tributary/common';
import { CODEC_SERVER_REFUSED } from './errors.js';

/** Who may use a codec server. */
export interface CodecServerAccess {
  /** Origins of Temporal UIs whose pages may call: `https://temporal.example.com`. */
  readonly allowedOrigins: readonly string[];
  /** Callers send it as `Authorization: Bearer …`. Without it only callers on this machine are served. */
  readonly token?: Secret;
}

/** @throws CodedError CODEC_SERVER_REFUSED unless origin and caller are allowed */
export function assertAllowed(request: IncomingMessage, { allowedOrigins, token }: CodecServerAccess): void {
  const { origin, authorization, host } = request.headers;
  if (origin !== undefined && !allowedOrigins.includes(origin)) {
    throw CODEC_SERVER_REFUSED({ reason: 'its origin is not allowed', advice: 'Add the origin of the Temporal UI to those allowed.' });
  }
  if (request.method === 'OPTIONS') return;
  if (token) {
    if (isSameText(authorization ?? '', `Bearer ${token.reveal()}`)) return;
    throw CODEC_SERVER_REFUSED({ reason: 'it has no valid bearer token', advice: 'Send the token of the codec server as "Authorization: Bearer <token>".' });
  }
  // The name that a browser was given may resolve to this machine for a page from anywhere: the name has to be local too.
  if (isLoopback(request.socket.remoteAddress) && isLocalName(host)) return;
  throw CODEC_SERVER_REFUSED({ reason: 'it does not come from this machine, and no token is configured', advice: 'Configure a token, or call the server as 127.0.0.1 or localhost.' });
}

function isSameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(::ffff:)?127\./.test(address));
}

function isLocalName(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

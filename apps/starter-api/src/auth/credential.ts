import type { IncomingHttpHeaders } from 'node:http';
import { AUTH_INVALID } from './errors.js';

const BEARER = /^bearer +(\S{1,16384})$/i;

/**
 * The API key or token of a request; undefined when it has none.
 * @throws AUTH_INVALID when there are two, or the header says something else
 */
export function credentialOf({ authorization, 'x-api-key': header }: IncomingHttpHeaders): string | undefined {
  const bearer = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  if (authorization !== undefined && bearer === undefined) throw AUTH_INVALID({ problem: 'the header Authorization is not Bearer and one key or token' });
  const key = Array.isArray(header) ? header.join() : header;
  if (bearer !== undefined && key !== undefined && bearer !== key) throw AUTH_INVALID({ problem: 'Authorization and X-API-Key hold different ones' });
  return bearer ?? (key === '' ? undefined : key);
}

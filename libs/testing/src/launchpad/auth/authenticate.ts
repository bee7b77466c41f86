import type { IncomingMessage } from 'node:http';

import { badRequest, unauthorized } from '../http-problem.js';
import { ANONYMOUS, type Caller, callerOf } from '../representation/caller.js';
import type { World } from '../world/world.js';
import type { Tokens } from './tokens.js';

/**
 * Who makes a request, by its `Authorization` header. Without one, or with an empty token, it is anybody.
 * @throws Problem 401 with Launchpad's text, 400 for a signature other than PLAINTEXT
 */
export function authenticate(request: IncomingMessage, tokens: Tokens, world: World): Caller {
  const header = request.headers.authorization;
  if (header === undefined || !/^OAuth\b/i.test(header)) return ANONYMOUS;
  const given = oauthParameters(header);
  const key = given.get('oauth_token') ?? '';
  const consumer = given.get('oauth_consumer_key') ?? '';
  if (key === '') return ANONYMOUS;
  if (!tokens.knows(consumer)) throw unauthorized(`Unknown consumer (${consumer}).`);
  const token = tokens.access(key);
  if (token?.consumer !== consumer) throw unauthorized(`Unknown access token (${key}).`);
  if (token.expired) throw unauthorized(`Expired token (${key}).`);
  checkSignature(given, token.secret);
  const person = world.people.find(token.person);
  if (person?.accountStatus !== 'Active') throw unauthorized('Inactive account.');
  if (token.level === 'UNAUTHORIZED') throw unauthorized('Unauthorized token');
  return callerOf(person, token.level, token.admin);
}

/** PLAINTEXT: the consumer's secret, which is empty, and the token's, each encoded and joined by `&`. */
export function checkSignature(given: ReadonlyMap<string, string>, secret: string): void {
  const method = given.get('oauth_signature_method');
  if (method !== 'PLAINTEXT') throw badRequest('Only PLAINTEXT signature method is supported.');
  if (given.get('oauth_signature') !== `&${encodeURIComponent(secret)}`) throw unauthorized('Invalid signature.');
}

function oauthParameters(header: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of header.replace(/^OAuth\s+/i, '').matchAll(/([\w]+)="([^"]*)"/g)) {
    found.set(name, decodeURIComponent(value.replace(/\+/g, ' ')));
  }
  return found;
}

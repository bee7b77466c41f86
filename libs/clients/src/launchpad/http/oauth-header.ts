import { randomInt } from 'node:crypto';
import type { LaunchpadCredentials } from '../types.js';

/** Percent-encoding as OAuth 1.0 wants it: all but letters, digits and `-._~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * Authorization header of OAuth 1.0 with signature method PLAINTEXT, the only one that Launchpad takes. Without
 * credentials the token is empty, which makes the request anonymous, in the name of the application.
 */
export function oauthHeader(applicationName: string, credentials: LaunchpadCredentials | undefined): string {
  const token = credentials?.accessToken.reveal() ?? '';
  // The secret of an application is empty; the signature is two encoded secrets, and it is encoded again as a value.
  const signature = `&${percentEncode(credentials?.accessSecret.reveal() ?? '')}`;
  const parameters = {
    oauth_nonce: String(randomInt(2 ** 47)),
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_version: '1.0',
    oauth_signature_method: 'PLAINTEXT',
    oauth_consumer_key: applicationName,
    oauth_token: token,
    oauth_signature: signature,
  };
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}="${percentEncode(value)}"`);
  return `OAuth realm="OAuth", ${pairs.join(', ')}`;
}

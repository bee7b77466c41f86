import { setTimeout as delay } from 'node:timers/promises';
import { Secret, isCodedError } from '@tributary/common';
import {
  LAUNCHPAD_ANSWER_INVALID,
  LAUNCHPAD_AUTHORIZATION_REFUSED,
  LAUNCHPAD_AUTHORIZATION_TIMEOUT,
  LAUNCHPAD_REQUEST_REFUSED,
  LAUNCHPAD_UNAVAILABLE,
} from './errors.js';
import { hostLimiter } from './http/host-limiter.js';
import { type Answer, send } from './http/send.js';
import { webRootUrl } from './service-root.js';
import type { LaunchpadCredentials } from './types.js';

/** Levels of access that a person may grant. */
export type LaunchpadPermission = 'READ_PUBLIC' | 'WRITE_PUBLIC' | 'READ_PRIVATE' | 'WRITE_PRIVATE';

export interface AuthorizeOptions {
  /** Name of an instance, or URL of a service root or web site. */
  readonly webRoot: string;
  /** Shown to the person who decides; the token is good for this name alone. */
  readonly applicationName: string;
  /** Offered to the person. @default 'READ_PRIVATE' */
  readonly permission?: LaunchpadPermission;
  /** Gets the URL that a person has to open in a browser. */
  readonly onUrl: (url: string) => void;
  /** Milliseconds between two looks for the decision. @default 2000 */
  readonly pollMs?: number;
  /** Milliseconds that a person has to decide. @default 900000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Token {
  readonly key: string;
  readonly secret: string;
}

const ANSWER_MS = 30_000;
const ANSWER_BYTES = 65_536;

/**
 * Has a person grant access to an application, and gives the token.
 * @throws CodedError LAUNCHPAD_AUTHORIZATION_REFUSED, LAUNCHPAD_AUTHORIZATION_TIMEOUT, LAUNCHPAD_UNAVAILABLE,
 * LAUNCHPAD_REQUEST_REFUSED, LAUNCHPAD_ANSWER_INVALID, LAUNCHPAD_SERVICE_ROOT_INVALID; rejects with the signal's reason
 */
export async function authorize(options: AuthorizeOptions): Promise<LaunchpadCredentials> {
  const { applicationName: application, permission = 'READ_PRIVATE', pollMs = 2_000, timeoutMs = 900_000, signal } = options;
  const root = webRootUrl(options.webRoot);
  const request = await requestToken(root, application, signal);
  const query = new URLSearchParams({ oauth_token: request.key, allow_permission: permission });
  options.onUrl(`${root}+authorize-token?${query.toString()}`);

  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    await delay(pollMs, undefined, signal && { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
    const token = await decision(root, application, request, signal);
    if (token) return { accessToken: new Secret(token.key), accessSecret: new Secret(token.secret) };
  }
  throw LAUNCHPAD_AUTHORIZATION_TIMEOUT({ application, minutes: Math.round(timeoutMs / 60_000) });
}

async function requestToken(root: string, application: string, signal: AbortSignal | undefined): Promise<Token> {
  const answer = await post(root, '+request-token', { oauth_consumer_key: application, oauth_signature: '&' }, signal);
  if (answer.status === 200) return parseToken(answer, `${root}+request-token`);
  throw unavailable(root, '+request-token', `status ${answer.status}`);
}

/** The token; undefined while nobody has decided or Launchpad is out of reach. */
async function decision(
  root: string,
  application: string,
  request: Token,
  signal: AbortSignal | undefined,
): Promise<Token | undefined> {
  const parameters = {
    oauth_consumer_key: application,
    oauth_token: request.key,
    oauth_signature: `&${request.secret}`,
  };
  let answer: Answer;
  try {
    answer = await post(root, '+access-token', parameters, signal);
  } catch (error) {
    if (isCodedError(error) && error.code === LAUNCHPAD_UNAVAILABLE.code) return undefined;
    throw error;
  }
  if (answer.status === 200) return parseToken(answer, `${root}+access-token`);
  if (answer.status === 403) throw LAUNCHPAD_AUTHORIZATION_REFUSED({ application });
  // 401 means that nobody has looked at it yet, whatever its text.
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 401 && answer.status !== 429) {
    const reason = 'the request for the access token was not understood';
    throw LAUNCHPAD_REQUEST_REFUSED({ url: `${root}+access-token`, status: answer.status, reason });
  }
  return undefined;
}

async function post(
  root: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const url = new URL(path, root);
  const body = new URLSearchParams({ ...parameters, oauth_signature_method: 'PLAINTEXT' }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    // Launchpad takes a form only from its own pages.
    referer: root,
  };
  const limiter = hostLimiter(url.origin);
  const sending = { method: 'POST', url, headers, body, limitBytes: ANSWER_BYTES, timeoutMs: ANSWER_MS, signal } as const;
  try {
    return await limiter.run(() => send(sending, limiter), signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw unavailable(root, path, (error as Error).message);
  }
}

function parseToken({ body }: Answer, url: string): Token {
  const values = new URLSearchParams(body.toString('utf8'));
  const [key, secret] = [values.get('oauth_token'), values.get('oauth_token_secret')];
  if (!key || !secret) throw LAUNCHPAD_ANSWER_INVALID({ url, host: new URL(url).host, reason: 'it holds no token' });
  return { key, secret };
}

function unavailable(root: string, path: string, reason: string) {
  return LAUNCHPAD_UNAVAILABLE({ url: root + path, host: new URL(root).host, attempts: 1, reason });
}

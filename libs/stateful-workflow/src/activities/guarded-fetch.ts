import { isCodedError, type Secret } from '@tributary/common';
import { isObject } from '../json.js';
import { STATEFUL_ANSWER_INVALID, STATEFUL_HOST_REFUSED, STATEFUL_SOURCE_UNREACHABLE } from './errors.js';

const MOST_REDIRECTS = 5;

/** How a source wants its credential. */
export type AuthScheme = 'bearer' | { readonly header: string; readonly prefix?: string };

export interface GuardedRequest {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credential?: Secret | undefined;
  readonly auth?: AuthScheme;
  readonly signal: AbortSignal;
  /** Milliseconds for the answer with its body. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface GuardedResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body as text; empty where the status has none. */
  readonly body: string;
  /** Where it came from, after redirects. */
  readonly url: URL;
}

/**
 * Calls a source: only hosts that the worker may call, also after a redirect, and with the credential only where it was
 * meant to go, the origin of the first URL.
 * @throws CodedError STATEFUL_HOST_REFUSED, STATEFUL_SOURCE_UNREACHABLE, STATEFUL_ANSWER_INVALID
 */
export async function guardedFetch(request: GuardedRequest, allowedHosts: readonly string[]): Promise<GuardedResponse> {
  const { headers = {}, credential, auth = 'bearer', timeoutMs, maxBytes } = request;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    checkHost(url, allowedHosts);
    const isHome = url.origin === request.url.origin;
    try {
      const response = await fetch(url, {
        headers: { accept: 'application/json', ...headers, ...(credential && isHome ? authHeader(auth, credential) : {}) },
        redirect: 'manual',
        signal,
      });
      const location = response.status >= 300 && response.status < 400 && response.status !== 304 ? response.headers.get('location') : null;
      if (location === null) return { status: response.status, headers: response.headers, body: await textOf(response, maxBytes, url), url };
      await response.body?.cancel();
      if (redirects === MOST_REDIRECTS) throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: `it redirects more than ${MOST_REDIRECTS} times` });
      url = new URL(location, url);
    } catch (error) {
      if (request.signal.aborted || isCodedError(error)) throw error;
      const problem = nameOf(error) === 'TimeoutError' ? `no whole answer within ${timeoutMs} ms` : reasonOf(error);
      throw STATEFUL_SOURCE_UNREACHABLE({ place: placeOf(url), problem });
    }
  }
}

/** @throws CodedError STATEFUL_HOST_REFUSED */
export function checkHost(url: URL, allowed: readonly string[]): void {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (isWeb && url.username === '' && url.password === '' && allowed.some((pattern) => matches(pattern, url))) return;
  throw STATEFUL_HOST_REFUSED({ host: `${url.protocol}//${url.host}`, allowed: allowed.length > 0 ? allowed : ['none'] });
}

/** `example.com`, `example.com:8443`, `*.example.com`; without a port only the usual one of http and https. */
function matches(pattern: string, { host, hostname }: URL): boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.startsWith('*.')) return host === wanted;
  const end = wanted.slice(1);
  return (end.includes(':') ? host : hostname).endsWith(end) && (end.includes(':') || host === hostname);
}

function authHeader(auth: AuthScheme, credential: Secret): Record<string, string> {
  if (auth === 'bearer') return { authorization: `Bearer ${credential.reveal()}` };
  return { [auth.header]: `${auth.prefix ?? ''}${credential.reveal()}` };
}

async function textOf(response: Response, maxBytes: number, url: URL): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > maxBytes) throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: `it is larger than ${maxBytes} bytes` });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A URL as errors name it: without its query, which may hold anything. */
export function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** An abort is a DOMException, which is not an Error everywhere. */
function nameOf(error: unknown): unknown {
  return isObject(error) ? error['name'] : undefined;
}

function reasonOf(error: unknown): string {
  const cause = isObject(error) ? error['cause'] : undefined;
  const code = isObject(cause) ? cause['code'] : undefined;
  if (typeof code === 'string') return code;
  return isObject(error) && typeof error['message'] === 'string' ? error['message'] : 'it failed without a reason';
}

import type { CodedError } from '@tributary/common';
import {
  LAUNCHPAD_ANSWER_INVALID,
  LAUNCHPAD_ANSWER_TOO_LARGE,
  LAUNCHPAD_FORBIDDEN,
  LAUNCHPAD_GONE,
  LAUNCHPAD_NOT_FOUND,
  LAUNCHPAD_RATE_LIMITED,
  LAUNCHPAD_REQUEST_REFUSED,
  LAUNCHPAD_UNAUTHORIZED,
  LAUNCHPAD_UNAVAILABLE,
} from '../errors.js';
import { retryAfterSeconds } from './retry-policy.js';
import type { Answer } from './send.js';
import { RequestTimeout } from './send.js';

/** Why an attempt gave nothing. */
export interface Failure {
  /** What the call ends with when this was the last attempt. */
  readonly error: (attempts: number) => CodedError;
  /** Whether another attempt may do better. */
  readonly transient: boolean;
  /** Status of the answer, `timeout`, or `broken`. */
  readonly status: string;
  readonly retryAfterSeconds?: number;
  /** A smaller page may do better: it took the server too long, or it is too much to read. */
  readonly heavy?: 'slow' | 'large';
  /** Largest page that the server gives. */
  readonly pageCap?: number;
  /** Whether the token may be what was refused, although the answer does not say so in Launchpad's words. */
  readonly doubtsToken?: true;
}

export interface Caller {
  readonly application: string;
  readonly signedIn: boolean;
  /** Takes the caller's secrets out of what a server says. */
  readonly scrub: (text: string) => string;
}

const TOKEN_REFUSED = /^(Unknown consumer|Unknown access token|Expired token|Invalid signature|Inactive account|Unauthorized token|Invalid nonce|Invalid timestamp|Expired timestamp)/i;
const PAGE_CAP = /Maximum for "?ws\.size"? parameter is (\d+)/;

/** Classifies an answer that is no success. */
export function failureOf(answer: Answer, url: URL, caller: Caller): Failure {
  const { status } = answer;
  const reason = caller.scrub(textOf(answer));
  const about = { url: shown(url), host: url.host };
  if (status === 400 && PAGE_CAP.test(reason)) {
    const pageCap = Number(PAGE_CAP.exec(reason)?.[1]);
    return { error: () => LAUNCHPAD_REQUEST_REFUSED({ ...about, status, reason }), transient: false, status: '400', pageCap };
  }
  const permanent = (error: CodedError): Failure => ({ error: () => error, transient: false, status: String(status) });
  if (status === 401 && TOKEN_REFUSED.test(reason)) {
    return permanent(tokenRefused(answer, url, caller));
  }
  // Launchpad refuses in plain text; a page for people is of something that stands before it.
  if (status === 403 && isPage(answer)) return invalidAnswer(`status 403 with ${reason}`, url);
  if (status === 401 || status === 403) {
    const user = caller.signedIn ? 'the signed-in user' : 'anonymous users';
    const forbidden = permanent(LAUNCHPAD_FORBIDDEN({ ...about, user, reason: tokenless(reason), outcome: 'private' }));
    return status === 401 && caller.signedIn ? { ...forbidden, doubtsToken: true } : forbidden;
  }
  if (status === 404) return permanent(LAUNCHPAD_NOT_FOUND({ ...about, outcome: 'private' }));
  if (status === 410) return permanent(LAUNCHPAD_GONE({ ...about, outcome: 'gone' }));
  if (status === 408 || status === 429 || status >= 500) return refusedForNow(answer, about);
  if (status >= 400) return permanent(LAUNCHPAD_REQUEST_REFUSED({ ...about, status, reason }));
  return invalidAnswer(`status ${status}`, url);
}

export function tokenRefused(answer: Answer, url: URL, { application, scrub }: Caller): CodedError {
  return LAUNCHPAD_UNAUTHORIZED({ url: shown(url), host: url.host, application, reason: tokenless(scrub(textOf(answer))) });
}

function refusedForNow({ status, headers }: Answer, about: { readonly url: string; readonly host: string }): Failure {
  const seconds = retryAfterSeconds(headers['retry-after']);
  const make = status === 429 ? LAUNCHPAD_RATE_LIMITED : LAUNCHPAD_UNAVAILABLE;
  return {
    error: (attempts) => make({ ...about, attempts, reason: `status ${status}`, retryAfterSeconds: seconds }),
    transient: true,
    status: String(status),
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    ...([408, 502, 503, 504].includes(status) && { heavy: 'slow' as const }),
  };
}

/** An answer with status 200 that is not Launchpad's, or is cut off. */
export function invalidAnswer(reason: string, url: URL): Failure {
  return {
    error: () => LAUNCHPAD_ANSWER_INVALID({ url: shown(url), host: url.host, reason }),
    transient: true,
    status: 'invalid',
  };
}

export function tooLarge(url: URL, limitBytes: number): Failure {
  return {
    error: () => LAUNCHPAD_ANSWER_TOO_LARGE({ url: shown(url), limitBytes }),
    transient: false,
    status: 'large',
    heavy: 'large',
  };
}

/** Classifies what broke a request. */
export function brokenBy(error: unknown, url: URL): Failure {
  const timeout = error instanceof RequestTimeout;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === undefined || message.includes(code) ? message : `${message} (${code})`;
  return {
    error: (attempts) => LAUNCHPAD_UNAVAILABLE({ url: shown(url), host: url.host, attempts, reason }, { cause: error }),
    transient: true,
    status: timeout ? 'timeout' : 'broken',
    ...(timeout && { heavy: 'slow' as const }),
  };
}

const MOST_TEXT = 300;

/** The URL as messages show it. */
function shown({ href }: URL): string {
  return href.length > MOST_TEXT ? `${href.slice(0, MOST_TEXT)}…` : href;
}

function isPage({ headers }: Answer): boolean {
  return /html/.test(headers['content-type'] ?? '');
}

function textOf(answer: Answer): string {
  const { body } = answer;
  if (isPage(answer)) return 'an HTML page';
  const text = body.toString('utf8', 0, 4 * MOST_TEXT).replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return text === '' ? 'no reason given' : text.slice(0, MOST_TEXT);
}

/** Launchpad repeats tokens and consumer keys in brackets. */
function tokenless(reason: string): string {
  return reason.replace(/\s*\(.*$/, '');
}

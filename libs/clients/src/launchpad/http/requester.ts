import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import { SecretScrubber } from '@tributary/common';
import { withSpan } from '../../telemetry/with-span.js';
import { LAUNCHPAD_FOREIGN_LINK } from '../errors.js';
import type { LaunchpadCredentials, RequestReport } from '../types.js';
import { type Caller, type Failure, brokenBy, failureOf, invalidAnswer, tooLarge } from './classify.js';
import { EntryCache } from './entry-cache.js';
import type { HostLimiter } from './host-limiter.js';
import { requestSeconds, requests, retries } from './http-metrics.js';
import { oauthHeader, percentEncode } from './oauth-header.js';
import { Backoff, type RetryPolicy } from './retry-policy.js';
import { type Answer, send } from './send.js';
import { TokenCheck } from './token-check.js';

export interface RequesterOptions {
  readonly origin: string;
  /** Resource that every token which is any good may read. */
  readonly ownPage: string;
  readonly applicationName: string;
  readonly userAgent: string;
  readonly credentials: LaunchpadCredentials | undefined;
  readonly limiter: HostLimiter;
  readonly policy: RetryPolicy;
  readonly cacheEntries: number;
  readonly onRequest: ((report: RequestReport) => void) | undefined;
}

/** What to ask for. Getters, because a page may get smaller from one attempt to the next. */
export interface Reading {
  /** Resource type or operation, for traces. */
  readonly what: string;
  readonly url: () => string;
  readonly limitBytes: () => number;
  /** Asks with the ETag of the last answer, and remembers this one. */
  readonly cached?: boolean;
  /** Attempts beyond the policy's, for what changes between them. */
  readonly moreAttempts?: number;
  /** What is wrong with a body that is JSON, or undefined. */
  readonly check: (value: unknown) => string | undefined;
  /** Changes the reading after a failure; true when the next attempt shall come at once and not count. */
  readonly adapt?: (failure: Failure) => boolean;
}

export interface JsonAnswer {
  readonly value: unknown;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly redirected: boolean;
  /** Bytes of the unpacked body. */
  readonly bytes: number;
  readonly millis: number;
}

type Attempt = { readonly answer: JsonAnswer } | { readonly failure: Failure };

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Reads JSON from one service root: within the host's slots, with retries, redirects by hand and ETags. */
export class Requester {
  readonly #cache: EntryCache;
  readonly #caller: Caller;
  readonly #tokenCheck: TokenCheck;
  #clockLeadMs: number | undefined;

  constructor(private readonly options: RequesterOptions) {
    const { cacheEntries, applicationName: application, credentials } = options;
    this.#cache = new EntryCache(cacheEntries);
    const scrubber = new SecretScrubber();
    for (const secret of credentials ? [credentials.accessToken, credentials.accessSecret] : []) {
      scrubber.add(secret);
      // The header has the secret encoded twice.
      scrubber.add(percentEncode(secret.reveal()));
    }
    this.#caller = { application, signedIn: credentials !== undefined, scrub: (text) => scrubber.scrub(text) };
    this.#tokenCheck = new TokenCheck(new URL(options.ownPage), this.#caller, (url, limitBytes, signal) => this.#send(url, undefined, limitBytes, signal));
  }

  /** Milliseconds by which this machine's clock is ahead of the server's, to a second, by its last answer. */
  get clockLeadMs(): number | undefined {
    return this.#clockLeadMs;
  }

  /** @throws CodedError of what went wrong in the last attempt; rejects with the signal's reason */
  read(reading: Reading, signal: AbortSignal | undefined): Promise<JsonAnswer> {
    const attributes = { 'server.address': this.options.limiter.host, 'http.request.method': 'GET' };
    return withSpan(`launchpad ${reading.what}`, attributes, (span) => this.#read(reading, signal, span));
  }

  async #read(reading: Reading, signal: AbortSignal | undefined, span: Span): Promise<JsonAnswer> {
    const { policy, limiter } = this.options;
    const attempts = policy.attempts + (reading.moreAttempts ?? 0);
    const backoff = new Backoff(policy);
    for (let attempt = 1, sent = 1; ; attempt++, sent++) {
      if (sent > 1) span.setAttribute('http.request.resend_count', sent - 1);
      const result = await this.#attempt(reading, signal);
      if ('answer' in result) return result.answer;
      const { failure } = result;
      if (failure.doubtsToken) await this.#tokenCheck.run(signal);
      if (reading.adapt?.(failure)) {
        attempt--;
        continue;
      }
      const wait = failure.transient && attempt < attempts ? backoff.next(failure.retryAfterSeconds) : undefined;
      if (wait === undefined) throw failure.error(attempt);
      retries.inc({ host: limiter.host, status: failure.status });
      // The host asked everybody to wait, not this request alone.
      if (failure.retryAfterSeconds !== undefined && failure.retryAfterSeconds > 0 && wait >= failure.retryAfterSeconds * 1000) limiter.pause(wait);
      await pass(wait, signal);
    }
  }

  /** @throws CodedError LAUNCHPAD_FOREIGN_LINK */
  ownUrl(link: string): URL {
    const url = URL.canParse(link) ? new URL(link) : undefined;
    if (url?.origin !== this.options.origin) {
      throw LAUNCHPAD_FOREIGN_LINK({ url: link.slice(0, 200), root: `${this.options.origin}/` });
    }
    return url;
  }

  async #attempt(reading: Reading, signal: AbortSignal | undefined): Promise<Attempt> {
    const asked = this.ownUrl(reading.url());
    const started = performance.now();
    let url = asked;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const cached = reading.cached ? this.#cache.get(url.href) : undefined;
      let answer: Answer;
      try {
        answer = await this.#send(url, cached?.etag, reading.limitBytes(), signal);
      } catch (error) {
        signal?.throwIfAborted();
        return { failure: brokenBy(error, url) };
      }
      const location = REDIRECTS.includes(answer.status) ? answer.headers.location : undefined;
      if (location !== undefined) {
        url = this.#redirected(location, url);
        continue;
      }
      const origin = { url: url.href, redirected: url.href !== asked.href, millis: performance.now() - started };
      if (answer.status === 304 && cached) {
        return { answer: { ...origin, value: JSON.parse(cached.text), bytes: cached.text.length } };
      }
      const parsed = this.#parse(answer, url, reading);
      if ('failure' in parsed) return parsed;
      const wrong = reading.check(parsed.value);
      return wrong === undefined ? { answer: { ...origin, ...parsed } } : { failure: invalidAnswer(wrong, url) };
    }
    return { failure: invalidAnswer(`more than ${MOST_REDIRECTS} redirects`, asked) };
  }

  #parse(answer: Answer, url: URL, { limitBytes, cached }: Reading): { failure: Failure } | { value: unknown; bytes: number } {
    const { status, headers, body } = answer;
    if (answer.tooLarge) return { failure: tooLarge(url, limitBytes()) };
    if (status < 200 || status > 299) {
      return { failure: failureOf(answer, url, this.#caller) };
    }
    const type = headers['content-type'] ?? 'no type';
    if (!/^application\/(\w+\+)?json\b/.test(type)) return { failure: invalidAnswer(`a body of ${type.slice(0, 60)}`, url) };
    const text = body.toString('utf8');
    try {
      const value: unknown = JSON.parse(text);
      if (cached && headers.etag !== undefined) this.#cache.put(url.href, headers.etag, text);
      return { value, bytes: body.length };
    } catch {
      return { failure: invalidAnswer(`JSON that breaks off or is malformed, ${body.length} bytes`, url) };
    }
  }

  /** Launchpad's redirects of renamed things lose the question, which would give another resource than asked for. */
  #redirected(location: string, from: URL): URL {
    const url = this.ownUrl(URL.canParse(location, from.href) ? new URL(location, from).href : location);
    if (url.search === '') url.search = from.search;
    return url;
  }

  async #send(url: URL, etag: string | undefined, limitBytes: number, signal: AbortSignal | undefined): Promise<Answer> {
    const { limiter, policy, userAgent, applicationName, credentials, onRequest } = this.options;
    return limiter.run(async () => {
      const started = performance.now();
      const report = (status: number, label: string, bytes: number): void => {
        const millis = performance.now() - started;
        requests.inc({ host: limiter.host, status: label });
        requestSeconds.observe({ host: limiter.host }, millis / 1000);
        onRequest?.({ method: 'GET', url: url.href, status, millis, bytes });
      };
      const headers = {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': userAgent,
        authorization: oauthHeader(applicationName, credentials),
        ...(etag !== undefined && { 'if-none-match': etag }),
      };
      try {
        const answer = await send({ method: 'GET', url, headers, limitBytes, timeoutMs: policy.timeoutMs, signal }, limiter);
        report(answer.status, String(answer.status), answer.bytes);
        const date = Date.parse(answer.headers.date ?? '');
        if (!Number.isNaN(date)) this.#clockLeadMs = Date.now() - date;
        return answer;
      } catch (error) {
        report(0, signal?.aborted ? 'aborted' : brokenBy(error, url).status, 0);
        throw error;
      }
    }, signal);
  }
}

async function pass(millis: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(millis, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

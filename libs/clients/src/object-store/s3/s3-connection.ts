import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { S3Client } from '@aws-sdk/client-s3';
import type { SecretStore } from '../../ports.js';
import { OBJECT_STORE_UNAVAILABLE } from '../errors.js';
import { readS3Credentials, sameCredentials, type S3Credentials } from './s3-credentials.js';
import { isAnswer, isRefusal, namedS3Error } from './s3-errors.js';
import type { S3Limits, S3Settings } from './s3-settings.js';

/**
 * Attempts of one request. Temporal repeats what fails, but it repeats a whole activity: this many get over a connection
 * that was closed or a store that asks to slow down, and no more, so that an outage is soon told.
 */
const ATTEMPTS = 3;
/** Downloads that are read slowly each hold a connection. */
const MAX_SOCKETS = 256;

const LIMITS: S3Limits = { connectMs: 5_000, answerMs: 30_000, callMs: 120_000, idleMs: 30_000 };

/** What a connection is made of. */
export interface S3ConnectionOptions {
  /** Names the store in errors. */
  readonly name: string;
  readonly settings: S3Settings;
  /** Resolves `s3Credentials`. */
  readonly secrets?: SecretStore | undefined;
  readonly limits?: Partial<S3Limits>;
}

/** What a request is about, and who may end it. */
export interface S3Call {
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
}

interface Opened {
  readonly client: S3Client;
  readonly credentials?: S3Credentials;
}

/**
 * Sends requests to one store: each with a deadline, with keys that are read again once they are refused, and with errors
 * that say what to do and hold no credential.
 */
export class S3Connection {
  readonly limits: S3Limits;
  // Of all clients that follow each other as keys are changed.
  readonly #agents = {
    httpAgent: new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    httpsAgent: new TlsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
  };
  #opened: Promise<Opened> | undefined;

  constructor(private readonly options: S3ConnectionOptions) {
    this.limits = { ...LIMITS, ...options.limits };
  }

  /**
   * Runs `request` with a client and the signal that ends it, again with fresh keys when the store refuses those it had.
   * @throws CodedError OBJECT_STORE_… and OBJECT_NOT_FOUND; the reason of the caller's signal when that ended it
   */
  async send<T>(request: (client: S3Client, signal: AbortSignal) => Promise<T>, { key, signal }: S3Call): Promise<T> {
    signal?.throwIfAborted();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.limits.callMs);
    const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    let opened: Opened | undefined;
    try {
      opened = await within(either, this.#open());
      try {
        return await within(either, request(opened.client, either));
      } catch (error) {
        const renewed = isRefusal(error) ? await within(either, this.#renew(opened)) : undefined;
        if (!renewed) throw error;
        opened = renewed;
        return await within(either, request(opened.client, either));
      }
    } catch (error) {
      signal?.throwIfAborted();
      const { name: store } = this.options;
      if (late.signal.aborted) throw OBJECT_STORE_UNAVAILABLE({ store, key, reason: `no answer within ${this.limits.callMs / 1_000} s` });
      throw namedS3Error(error, { store, key, known: await knownSecrets(opened, error) });
    } finally {
      // A body that is read after this has a deadline of its own.
      clearTimeout(timer);
    }
  }

  /** Calls share it: none may end it for the others. */
  #open(): Promise<Opened> {
    if (!this.#opened) {
      const opening = this.#make();
      this.#opened = opening;
      opening.catch(() => {
        if (this.#opened === opening) this.#opened = undefined;
      });
    }
    return this.#opened;
  }

  async #make(): Promise<Opened> {
    const credentials = await this.#readKeys();
    return credentials ? this.#withKeys(credentials) : { client: this.#client() };
  }

  #withKeys(credentials: S3Credentials): Opened {
    return { credentials, client: this.#client(credentials) };
  }

  async #readKeys(): Promise<S3Credentials | undefined> {
    const { secrets, settings } = this.options;
    if (!secrets || !settings.s3Credentials) return undefined;
    return readS3Credentials(secrets, settings.s3Credentials, AbortSignal.timeout(this.limits.callMs));
  }

  /** A client with other keys than `refused` had, or undefined when there are none. */
  async #renew(refused: Opened): Promise<Opened | undefined> {
    const current = await this.#open();
    if (current !== refused) return current;
    const credentials = await this.#readKeys();
    if (!credentials || !refused.credentials || sameCredentials(credentials, refused.credentials)) return undefined;
    const renewed = this.#withKeys(credentials);
    this.#opened = Promise.resolve(renewed);
    return renewed;
  }

  #client(credentials?: S3Credentials): S3Client {
    const { s3Endpoint: endpoint, s3Region, awsRegion, s3ForcePathStyle } = this.options.settings;
    const { connectMs: connectionTimeout, answerMs: requestTimeout } = this.limits;
    return new S3Client({
      region: s3Region ?? awsRegion ?? 'us-east-1',
      forcePathStyle: s3ForcePathStyle ?? endpoint !== undefined,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
      maxAttempts: ATTEMPTS,
      // The signature holds the SHA-256 of what is sent, which every store checks. The checksums that the SDK adds by itself
      // arrive in trailers, which many stores refuse or, worse, store.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // It costs a round trip for each part, and a wait where a proxy does not know it.
      expectContinueHeader: false,
      // A socket is idle also while a reader takes its time: whether a body stands still is seen where it is read.
      requestHandler: { ...this.#agents, connectionTimeout, requestTimeout, throwOnRequestTimeout: true, socketTimeout: 0 },
    });
  }
}

/** `work`, or the reason of `signal`: where the SDK looks for an identity, it heeds no signal. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stopListening = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    const end = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
    stopListening = () => signal.removeEventListener('abort', end);
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    stopListening();
  }
}

/** Keys that an answer might repeat. Without an answer there are none: then nothing is looked for again. */
async function knownSecrets(opened: Opened | undefined, error: unknown): Promise<string[]> {
  const keys = opened?.credentials ?? (isAnswer(error) ? await opened?.client.config.credentials().catch(() => undefined) : undefined);
  return [keys?.secretAccessKey, keys?.sessionToken, keys?.accessKeyId].filter((text) => text !== undefined && text !== '') as string[];
}

import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { HostLimiter } from './host-limiter.js';

export interface Sending {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes of the unpacked body above which it is given up. */
  readonly limitBytes: number;
  /** Milliseconds until the head of the answer, and again until the end of its body. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body was longer than allowed; what is there of it is of no use. */
  readonly tooLarge: boolean;
  /** Bytes of the body on the wire. */
  readonly bytes: number;
}

/** No answer came in time. */
export class RequestTimeout extends Error {}

/**
 * Sends one request and reads its answer whole. Redirects are answers.
 * Rejects with the signal's reason, `RequestTimeout`, or what broke the connection.
 */
export async function send(sending: Sending, { agent }: HostLimiter): Promise<Answer> {
  const { signal, timeoutMs } = sending;
  signal?.throwIfAborted();
  const deadline = new Deadline(timeoutMs, signal);
  try {
    const response = await head(sending, agent, deadline.signal);
    deadline.restart();
    return await read(response, sending.limitBytes);
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.expired ? new RequestTimeout(`no answer within ${timeoutMs / 1000} s`) : error;
  } finally {
    deadline.clear();
  }
}

function head(sending: Sending, agent: HostLimiter['agent'], signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = sending;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { method, headers, agent, signal });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function read(response: IncomingMessage, limitBytes: number): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  const gunzip = headers['content-encoding'] === 'gzip' ? createGunzip() : undefined;
  const body: AsyncIterable<Buffer> = gunzip ? pipeline(response, gunzip, () => undefined) : response;
  const chunks: Buffer[] = [];
  let unpacked = 0;
  let tooLarge = Number(headers['content-length'] ?? 0) > limitBytes;
  if (!tooLarge) {
    for await (const chunk of body) {
      unpacked += chunk.length;
      tooLarge = unpacked > limitBytes;
      if (tooLarge) break;
      chunks.push(chunk);
    }
  }
  if (tooLarge) response.destroy();
  const bytes = gunzip?.bytesWritten ?? unpacked;
  return { status, headers, body: tooLarge ? Buffer.alloc(0) : Buffer.concat(chunks), tooLarge, bytes };
}

/** Aborts when time is up or when the caller aborts. */
class Deadline {
  readonly #controller = new AbortController();
  readonly #follow = (): void => this.#controller.abort(this.outer?.reason);
  #timer: NodeJS.Timeout;
  expired = false;

  constructor(
    private readonly millis: number,
    private readonly outer: AbortSignal | undefined,
  ) {
    outer?.addEventListener('abort', this.#follow, { once: true });
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.outer?.removeEventListener('abort', this.#follow);
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.expired = true;
      this.#controller.abort();
    }, this.millis);
  }
}

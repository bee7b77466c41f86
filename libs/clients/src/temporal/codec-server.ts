import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { PayloadCodec } from '@temporalio/common';
import { toProblemDetails } from '@tributary/common';
import { assertAllowed, type CodecServerAccess } from './codec-server-access.js';
import { CODEC_SERVER_BODY_TOO_LARGE, CODEC_SERVER_REQUEST_INVALID } from './errors.js';
import { payloadsFromJson, payloadsToJson } from './payload-json.js';

const DEFAULT_BODY_BYTES = 8 * 1024 * 1024;
const BODY_TIMEOUT_MS = 30_000;

export interface CodecServerOptions extends CodecServerAccess {
  readonly codec: PayloadCodec;
  /** Largest body in bytes. @default 8 MiB */
  readonly maxBodyBytes?: number;
}

/**
 * Handles `POST …/encode` and `POST …/decode` as the Temporal UI and CLI send them, so that they can show payloads that
 * only this process has the keys for. It logs nothing, and its errors hold no payload.
 */
export function createCodecHandler(options: CodecServerOptions): RequestListener {
  return (request, response) => {
    handle(request, response, options).catch((error: unknown) => fail(response, error));
  };
}

/** A server of its own around `createCodecHandler`, not yet listening. */
export function createCodecServer(options: CodecServerOptions): Server {
  return createServer({ requestTimeout: BODY_TIMEOUT_MS }, createCodecHandler(options));
}

async function handle(request: IncomingMessage, response: ServerResponse, options: CodecServerOptions): Promise<void> {
  response.setHeader('vary', 'origin');
  response.setHeader('cache-control', 'no-store');
  assertAllowed(request, options);
  allowOrigin(request, response);
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const operation = /\/(encode|decode)$/.exec(pathname)?.[1];
  if (request.method !== 'POST' || operation === undefined) {
    throw CODEC_SERVER_REQUEST_INVALID({ reason: `${request.method ?? ''} ${pathname.slice(0, 100)} is not served here` });
  }
  const payloads = payloadsFromJson(await bodyOf(request, options.maxBodyBytes ?? DEFAULT_BODY_BYTES));
  const result = operation === 'encode' ? await options.codec.encode(payloads) : await options.codec.decode(payloads);
  response.writeHead(200, { 'content-type': 'application/json' }).end(payloadsToJson(result));
}

function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, x-namespace');
  response.setHeader('access-control-max-age', '600');
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw CODEC_SERVER_BODY_TOO_LARGE({ limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Answers with problem details; an error of no registry says nothing of itself. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = toProblemDetails(error);
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', connection: 'close' }).end(JSON.stringify(problem));
}

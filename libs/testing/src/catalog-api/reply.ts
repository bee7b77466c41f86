import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What goes back: JSON, or nothing. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it has an ETag. @default false */
  readonly tagged?: boolean;
}

export function problem(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: { status, title }, headers };
}

/** Sends a reply; a bare 304 when the client has it already. @returns the status that went out */
export function sendReply(request: IncomingMessage, response: ServerResponse, { status, body, headers = {}, tagged = false }: Reply): number {
  const text = body === undefined ? '' : JSON.stringify(body);
  const etag = tagged ? { etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` } : undefined;
  if (etag && request.headers['if-none-match'] === etag.etag) {
    response.writeHead(304, etag).end();
    return 304;
  }
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...etag, ...headers });
  response.end(text);
  return status;
}

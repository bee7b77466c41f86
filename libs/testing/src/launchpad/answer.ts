import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What goes back, before it is packed for the wire. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const JSON_TYPE = 'application/json';
export const TEXT_TYPE = 'text/plain;charset=utf-8';

const WORTH_PACKING = 1000;

/** Sends an answer, packed if the client takes gzip; gives the bytes of its body. 304 when the client has it already. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  options: { cut?: boolean } = {},
): number {
  const packs = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) && answer.body.length > WORTH_PACKING;
  const headers: Record<string, string | number> = {
    Vary: packs ? 'Accept, Accept-Encoding' : 'Accept',
    ...answer.headers,
  };
  if (answer.etag !== undefined) {
    // As in front of the real one, packing adds to the tag, and only the bare tag is recognised again.
    headers['ETag'] = packs ? answer.etag.replace(/"$/, '-gzip"') : answer.etag;
    if (known(request.headers['if-none-match'], answer.etag)) {
      response.writeHead(304, { ETag: answer.etag, Vary: headers['Vary'] ?? 'Accept' }).end();
      return 0;
    }
  }
  const body = packs ? gzipSync(answer.body, { level: 1 }) : Buffer.from(answer.body);
  if (packs) headers['Content-Encoding'] = 'gzip';
  headers['Content-Type'] = answer.type;
  headers['Content-Length'] = body.length;
  response.writeHead(answer.status, headers);
  if (options.cut === true) {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return Math.floor(body.length / 2);
  }
  response.end(request.method === 'HEAD' ? undefined : body);
  return body.length;
}

function known(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((one) => one.trim() === etag);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that came. */
export interface SeenRequest {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** How many of the same method and path came before it. */
  readonly before: number;
}

export interface LookAlike {
  readonly endpoint: string;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

/** A server that answers as it is told, for what a real store does only on its bad days. */
export async function startLookAlike(answer: (request: SeenRequest, response: ServerResponse) => void): Promise<LookAlike> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, before: seen.filter((other) => other.method === method && other.url === url).length };
    seen.push(one);
    request.resume().on('end', () => answer(one, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers as S3 does when it refuses. */
export function refuse(response: ServerResponse, status: number, code: string, message = 'no'): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><AWSAccessKeyId>${KEYS.accessKeyId}</AWSAccessKeyId></Error>`);
}

/** Keys that must be seen nowhere. */
export const KEYS = { accessKeyId: 'CANARYACCESSKEY', secretAccessKey: 'canary/secret+key=' };

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TEST_APP_TOKEN } from './access.js';

/**
 * The app of a sidecar under test: hands what the sidecar sends to whichever API runs now, or to none, and keeps what
 * comes to the topics of dead letters.
 */
export interface EventChannel {
  readonly port: number;
  /** Where the API is; undefined while there is none. */
  api: string | undefined;
  /** What was published to a topic of dead letters. */
  readonly letters: Record<string, unknown>[];
  /** Deliveries that the API was handed, by path. */
  readonly delivered: string[];
  stop(): void;
}

export async function startEventChannel(pubsub: string, deadTopics: readonly string[]): Promise<EventChannel> {
  const channel: { api: string | undefined; letters: Record<string, unknown>[]; delivered: string[] } = { api: undefined, letters: [], delivered: [] };
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const url = request.url ?? '/';
    if (url.startsWith('/dead/')) {
      channel.letters.push(JSON.parse(body.toString()) as Record<string, unknown>);
      response.setHeader('content-type', 'application/json').end('{"status":"SUCCESS"}');
      return;
    }
    if (channel.api === undefined || request.headers['dapr-api-token'] !== TEST_APP_TOKEN) {
      response.destroy();
      return;
    }
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json', 'dapr-api-token': TEST_APP_TOKEN };
    const handed = await fetch(`${channel.api}${url}`, { method: request.method ?? 'GET', headers, ...(request.method === 'POST' ? { body: new Uint8Array(body) } : {}) });
    if (url.startsWith('/dapr/events/')) channel.delivered.push(url);
    const text = await handed.text();
    const own = deadTopics.map((topic) => ({ pubsubname: pubsub, topic, route: `/dead/${topic}` }));
    const told = url === '/dapr/subscribe' ? JSON.stringify([...(JSON.parse(text) as object[]), ...own]) : text;
    response.writeHead(handed.status, { 'content-type': 'application/json' }).end(told);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(channel, {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

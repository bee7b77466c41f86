import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BusEvent } from '@tributary/clients';

/** A small application that a Dapr sidecar delivers events to. */
export interface SubscriberApp {
  readonly port: number;
  received(topic: string): readonly BusEvent[];
  close(): Promise<void>;
}

/** Starts an application that subscribes to `topics` of one pub/sub component and keeps what it gets. */
export async function startSubscriberApp(pubsub: string, topics: readonly string[]): Promise<SubscriberApp> {
  const events = new Map<string, BusEvent[]>(topics.map((topic) => [topic, []]));
  const subscriptions = topics.map((topic) => ({ pubsubname: pubsub, topic, route: `/events/${topic}` }));
  const server = createServer((request, response) => {
    const answer = (body: unknown): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    if (request.url === '/dapr/subscribe') answer(subscriptions);
    else if (request.url?.startsWith('/events/')) {
      const topic = request.url.slice('/events/'.length);
      bodyOf(request).then(
        (text) => {
          events.get(topic)?.push(toBusEvent(JSON.parse(text) as Record<string, unknown>));
          answer({ status: 'SUCCESS' });
        },
        () => response.destroy(),
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received: (topic) => events.get(topic) ?? [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The attributes that were published, without those that CloudEvents and Dapr add. */
function toBusEvent({ id, source, type, subject, data }: Record<string, unknown>): BusEvent {
  return { id, source, type, ...(subject === undefined ? {} : { subject }), data } as BusEvent;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

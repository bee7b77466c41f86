import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CloudEvent as a subscriber gets it. */
export interface DeliveredEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly data: { readonly workflow: string; readonly before: string | null; readonly after: string | null; readonly at: string };
}

/** An application behind a sidecar that subscribes to a topic and keeps what it is given. */
export async function startSubscriber(pubsubname: string, topic: string): Promise<{ port: number; events: DeliveredEvent[]; stop(): void }> {
  const events: DeliveredEvent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/dapr/subscribe') {
        response.end(JSON.stringify([{ pubsubname, topic, route: '/events' }]));
        return;
      }
      if (request.url === '/events') events.push(JSON.parse(Buffer.concat(chunks).toString()) as DeliveredEvent);
      response.statusCode = request.url === '/events' ? 200 : 404;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, events, stop };
}

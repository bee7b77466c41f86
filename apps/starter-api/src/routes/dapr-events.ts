import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { deadLetterTopic } from '../event-rules/dead-letters.js';
import { EventHandler } from '../event-rules/event-handler.js';
import { EVENT_TOPIC_UNKNOWN } from '../errors.js';
import type { ApiServer } from '../api-server.js';
import type { ApiServices } from '../services.js';

/** More than a sidecar delivers at its default: what is too large is told as such, and not delivered for ever. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** A body that is left to the handler: what is in it is nothing that a client has sent to this API. */
class RawBody {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }
}

/** What the sidecar calls: which topics are subscribed to, and each event. */
export function daprEventRoutes(app: ApiServer, services: ApiServices): void {
  const { pubsub, topics } = services.events;
  const handler = new EventHandler(services);
  // In a scope of its own, for its bodies are of other media types.
  void app.register(async (scope) => {
    takeEveryBody(scope);
    const routes = scope as unknown as ApiServer;
    const schema = { hide: true };

    routes.get('/dapr/subscribe', { config: { access: 'dapr', unlimited: true }, schema }, async () =>
      topics.map((topic) => ({ pubsubname: pubsub, topic, route: `/dapr/events/${topic}`, deadLetterTopic: deadLetterTopic(topic) })),
    );

    routes.post(
      '/dapr/events/:topic',
      { config: { access: 'dapr', unlimited: true }, bodyLimit: BODY_LIMIT_BYTES, schema: { ...schema, params: Type.Object({ topic: Type.String() }) } },
      async ({ params: { topic }, body, log }) => {
        if (!topics.includes(topic)) throw EVENT_TOPIC_UNKNOWN();
        const bytes = body instanceof RawBody ? body.bytes : Buffer.alloc(0);
        return { status: await handler.handle(topic, bytes, log) };
      },
    );
  });
}

function takeEveryBody(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, new RawBody(body as Buffer)));
}

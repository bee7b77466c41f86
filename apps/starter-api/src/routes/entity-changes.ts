import { Readable } from 'node:stream';
import { Type } from '@sinclair/typebox';
import type { ApiServer } from '../api-server.js';
import { Entities } from '../entities/entities.js';
import { entityEvents, type ChangesSince } from '../entities/entity-events.js';
import { entityLinks } from '../entities/entity-links.js';
import { entityTypeOf } from '../entities/entity-types.js';
import { entityParams } from '../entities/schemas.js';
import { eventResponse } from '../progress/event-schema.js';
import { responses } from '../schemas.js';
import { runStatusOf } from '../runs/run-status.js';
import type { ApiServices } from '../services.js';
import { STREAM_TIMEOUT_MS } from '../stream-timeouts.js';

const EVERY_MS = 1_000;
const HEARTBEAT_MS = 5_000;
const PATIENCE_MS = 30_000;

/** The changes of an entity as server-sent events. */
export function entityChangesRoute(app: ApiServer, services: ApiServices): void {
  const entities = new Entities(services);
  const { streams, scrubber, ui } = services;

  app.get(
    '/v1/entities/:type/:id/changes',
    {
      config: { access: 'viewer', stream: true },
      handlerTimeout: STREAM_TIMEOUT_MS,
      exposeHeadRoute: false,
      schema: {
        tags: ['entities'],
        operationId: 'streamEntityChanges',
        summary: 'Follow an entity as server-sent events',
        description:
          'First event state: {at, entities}, or {at, href} where the state is large. Then each change as patch: {at, patch}, with its position as id. reset: changes were missed, and state comes again. At last end: {status}, or error (Problem). With Last-Event-ID it goes on after that position.',
        params: entityParams,
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ pattern: '^\\d{1,15}$', description: 'Position of the last change that was seen.' })) }),
        response: responses({ 200: eventResponse('The events.', ['state', 'patch', 'reset', 'end', 'error']) }, [404]),
      },
    },
    async ({ params: { type: slug, id }, headers }, reply) => {
      const type = entityTypeOf(slug);
      const signal = streams.enter(reply.raw);
      // Refuses an unknown entity before anything is streamed.
      const { workflowId, runId } = await entities.describe(type, id);
      const lastSeen = headers['last-event-id'];
      const events = entityEvents({
        changes: (since) => entities.ask<ChangesSince>(type, id, 'changes', { since }),
        state: () => entities.ask(type, id, 'state', {}),
        status: async () => runStatusOf((await entities.describe(type, id)).status.name),
        stateLink: entityLinks(slug, id, { workflowId, runId }, ui).state,
        since: lastSeen === undefined ? undefined : Number(lastSeen),
        signal,
        scrubber,
        everyMs: EVERY_MS,
        heartbeatMs: HEARTBEAT_MS,
        patienceMs: PATIENCE_MS,
      });
      // Not to be kept alive: the connection would outlast the closing of the API.
      return reply.type('text/event-stream').headers({ 'x-accel-buffering': 'no', connection: 'close' }).send(Readable.from(events));
    },
  );
}

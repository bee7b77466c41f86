import { Readable } from 'node:stream';
import type { ApiServer } from '../api-server.js';
import { eventResponse } from '../progress/event-schema.js';
import { runEvents } from '../progress/event-stream.js';
import { responses, runParams, runQuery } from '../schemas.js';
import type { ApiServices } from '../services.js';
import { STREAM_TIMEOUT_MS } from '../stream-timeouts.js';

const HEARTBEAT_MS = 15_000;
const PATIENCE_MS = 30_000;

/** The progress of a run as server-sent events. */
export function progressRoute(app: ApiServer, services: ApiServices): void {
  const { reader, watches, streams, scrubber } = services;

  app.get(
    '/v1/runs/:workflowId/progress',
    {
      config: { access: 'viewer', stream: true },
      handlerTimeout: STREAM_TIMEOUT_MS,
      exposeHeadRoute: false,
      schema: {
        tags: ['runs'],
        operationId: 'streamProgress',
        summary: 'Follow a run as server-sent events',
        description:
          'Event progress (ExtractionProgress) when it changes, at most twice a second; unavailable (Problem) when it becomes unknown; at last end (Run), or error (Problem).',
        params: runParams,
        querystring: runQuery,
        response: responses({ 200: eventResponse('The events.', ['progress', 'unavailable', 'end', 'error']) }, [404]),
      },
    },
    async ({ params, query }, reply) => {
      streams.enter(reply.raw);
      // Refuses an unknown run before anything is streamed, and finds out which run the latest is.
      const { description } = await reader.describe(params.workflowId, query.runId);
      const { updates, unwatch } = watches.watch(description.workflowId, description.runId);
      if (reply.raw.destroyed) unwatch();
      reply.raw.once('close', unwatch);
      const events = Readable.from(runEvents({ updates, scrubber, heartbeatMs: HEARTBEAT_MS, patienceMs: PATIENCE_MS }));
      // Not to be kept alive: the connection would outlast the closing of the API.
      return reply.type('text/event-stream').headers({ 'x-accel-buffering': 'no', connection: 'close' }).send(events);
    },
  );
}

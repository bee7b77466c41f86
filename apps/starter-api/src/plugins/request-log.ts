import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Metrics } from '@tributary/clients/telemetry';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyReply {
    /** Code of the problem that the request was answered with. */
    problemCode?: string;
  }
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Id of a request: the client's, where it is harmless, or a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** One log line and one observation per request, by the template of its route: paths and queries may hold anything. */
export function logRequests(app: FastifyInstance, metrics: Metrics): void {
  const requests = metrics.counter({
    name: 'api_requests_total',
    help: 'Requests answered',
    labels: ['method', 'route', 'status'],
  });
  const durations = metrics.histogram({
    name: 'api_request_duration_seconds',
    help: 'Time from the request to the end of its response',
    labels: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const seconds = reply.elapsedTime / 1_000;
    requests.inc({ method, route, status: String(reply.statusCode) });
    durations.observe({ method, route }, seconds);
    const code = reply.problemCode;
    // Probes and scrapes come every few seconds.
    const level = request.routeOptions.config.unlimited === true ? 'debug' : 'info';
    request.log[level](
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ...(code === undefined ? {} : { code }) },
      'request',
    );
  });
}

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { API_BUSY, API_RATE_LIMITED } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';

export interface Limits {
  /** Requests of one caller per minute; of one address where there is none. */
  readonly rateLimit: number;
  /** Requests served at a time, streams apart. */
  readonly maxRequests: number;
  /** Progress streams open at a time. */
  readonly maxStreams: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Served without limits: probes must not fail because the API is busy. */
    unlimited?: boolean;
    /** Counts against its own limit. */
    stream?: boolean;
  }
}

/** Bounds how many requests are served at a time, and how many one caller may send. Registered after authentication. */
export async function limitRequests(app: FastifyInstance, { rateLimit: perMinute, maxRequests }: Limits): Promise<void> {
  let serving = 0;
  app.addHook('onRequest', async (request, reply) => {
    const { unlimited, stream } = request.routeOptions.config;
    if (unlimited === true || stream === true) return;
    if (serving >= maxRequests) throw new ApiProblem(API_BUSY({ limit: maxRequests }));
    serving++;
    reply.raw.once('close', () => serving--);
  });
  await app.register(rateLimit, {
    global: true,
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller, ip }) => (caller ? `${caller.kind}:${caller.name}` : ip),
    // The sidecar delivers what others publish: it is held back by the number of requests at a time.
    allowList: ({ routeOptions, caller }) => routeOptions.config.unlimited === true || caller?.kind === 'dapr',
    errorResponseBuilder: (_request, { max }) => new ApiProblem(API_RATE_LIMITED({ limit: max })),
  });
}

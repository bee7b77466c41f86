import type { FastifyInstance, FastifyRequest } from 'fastify';
import { API_HOST_REFUSED, API_ORIGIN_REFUSED } from '../errors.js';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Another origin whose pages may call the route, as they send it: `https://temporal.example.com`. */
    origin?: string | undefined;
  }
}

/** Whether an address to listen on is one of this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Keeps web pages of strangers off. On the loopback interface a request must be for a loopback name: a page whose name
 * was rebound to 127.0.0.1 sends its own. Everywhere, a page of another origin must not change anything, except by a
 * route that names it.
 */
export function guardOrigin(app: FastifyInstance, listenHost: string): void {
  const onlyLoopback = isLoopback(listenHost);
  app.addHook('onRequest', async (request, reply) => {
    if (onlyLoopback && !LOOPBACK_HOST.test(request.headers.host ?? '')) throw API_HOST_REFUSED();
    const { origin } = request.routeOptions.config;
    if (origin !== undefined && request.headers.origin === origin) {
      // On refusals too: without it the page could not tell why.
      void reply.headers({ 'access-control-allow-origin': origin, vary: 'origin' });
      return;
    }
    if (!SAFE_METHODS.has(request.method) && isForeign(request)) throw API_ORIGIN_REFUSED();
  });
}

function isForeign({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

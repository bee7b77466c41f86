import type { FastifyInstance } from 'fastify';
import { API_METHOD_NOT_ALLOWED, API_ROUTE_UNKNOWN } from '../errors.js';
import { ApiProblem } from './api-problem.js';
import { pathOf } from './error-handler.js';

/**
 * Tells a wrong method on a known path (405, with Allow) from an unknown path (404). Registered before the routes,
 * after the hooks that every request passes.
 */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
  // In a hook, before the body is looked at: of a route that is not there its media type does not matter.
  app.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const path = pathOf(request);
    const matching = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    // A path that is spelled out is a resource of its own beside the one with parameters.
    const [methods] = routes.has(path) ? [routes.get(path)?.methods] : matching.map((route) => route.methods);
    if (!methods) throw API_ROUTE_UNKNOWN();
    const allowed = [...methods].sort();
    throw new ApiProblem(API_METHOD_NOT_ALLOWED({ method: request.method, allowed }), {}, { allow: allowed.join(', ') });
  });
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

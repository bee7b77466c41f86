import type { FastifyInstance, RouteOptions } from 'fastify';
import { API_ROUTE_WITHOUT_ACCESS } from './errors.js';
import type { Role } from './roles.js';

/** Who may call a route: a role, the sidecar by Dapr's app API token, or everybody. */
export type Access = Role | 'public' | 'dapr';

/** Who sent a request. */
export interface Caller {
  /** Name of the API key, or subject of the token. */
  readonly name: string;
  readonly role: Role;
  readonly kind: 'api-key' | 'oidc' | 'dapr';
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route. A route without it stops the API from starting. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Who sent the request; undefined on public routes that are asked without a valid credential. */
    caller?: Caller;
  }
}

/** Fails the start when a route does not say who may call it. Registered before the first route. */
export function requireAccess(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  // Plugins add routes that cannot say it: the hook of `allowEverybody`, which comes later, says it for them.
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const open = routes.filter(({ config }) => config?.access === undefined);
    const names = open.map(({ method, url }) => `${[method].flat().join(',')} ${url}`);
    if (names.length > 0) throw API_ROUTE_WITHOUT_ACCESS({ routes: names });
  });
}

/** Makes the routes of a scope public that say nothing else: files that plugins serve, which hold nothing of anybody. */
export function allowEverybody(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.config = { access: 'public', ...route.config };
  });
}

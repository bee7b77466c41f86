import { Type } from '@sinclair/typebox';
import type { ApiServer } from '../api-server.js';
import { checkReadiness } from '../readiness.js';
import { HealthSchema, ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';

const tags = ['operations'];
const config = { access: 'public', unlimited: true } as const;

/** Probes, metrics and the OpenAPI document. */
export function operationRoutes(app: ApiServer, services: ApiServices): void {
  app.get(
    '/livez',
    { config, schema: { hide: true, operationId: 'livez', response: { 200: ref(HealthSchema) } } },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config,
      schema: {
        hide: true,
        operationId: 'readyz',
        response: { 200: ref(HealthSchema), 503: ref(HealthSchema) },
      },
    },
    async ({ caller }, reply) => {
      const { status, checks } = await checkReadiness(services);
      void reply.code(status === 'ok' ? 200 : 503);
      // A probe has no credential and needs no more; which part is down is for those who may look.
      return { status, ...(caller ? { checks } : {}) };
    },
  );

  app.get(
    '/metrics',
    {
      config: { ...config, access: 'viewer' },
      schema: {
        tags,
        operationId: 'metrics',
        summary: 'Metrics in the text format of Prometheus',
        response: responses({ 200: { description: 'The metrics.', content: { 'text/plain': { schema: Type.String() } } } as never }, []),
      },
    },
    async (_request, reply) => reply.type(services.metrics.contentType).send(await services.metrics.render()),
  );

  app.get('/openapi.json', { config: { access: 'viewer' }, schema: { hide: true } }, async () => app.swagger());
}

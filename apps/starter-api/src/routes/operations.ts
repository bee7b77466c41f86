import { Type } from '@sinclair/typebox';
import type { ApiServer } from '../api-server.js';
import { checkReadiness } from '../readiness.js';
import { HealthSchema, ref } from '../schemas.js';
import type { ApiServices } from '../services.js';

const tags = ['operations'];
const config = { access: 'public', unlimited: true } as const;

/** Probes, metrics and the OpenAPI document. */
export function operationRoutes(app: ApiServer, services: ApiServices): void {
  app.get(
    '/livez',
    { config, schema: { tags, operationId: 'livez', summary: 'Whether the process lives', response: { 200: ref(HealthSchema) } } },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config,
      schema: {
        tags,
        operationId: 'readyz',
        summary: 'Whether Temporal and the object store can be reached',
        response: { 200: ref(HealthSchema), 503: ref(HealthSchema) },
      },
    },
    async (_request, reply) => {
      const health = await checkReadiness(services);
      void reply.code(health.status === 'ok' ? 200 : 503);
      return health;
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
        response: { 200: { description: 'The metrics.', content: { 'text/plain': { schema: Type.String() } } } as never },
      },
    },
    async (_request, reply) => reply.type(services.metrics.contentType).send(await services.metrics.render()),
  );

  app.get('/openapi.json', { config: { access: 'viewer' }, schema: { hide: true } }, async () => app.swagger());
}

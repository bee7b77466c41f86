import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { allowEverybody } from '../auth/access.js';

/** Makes the OpenAPI document out of the routes' schemas. Registered before the routes. */
export async function documentRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tributary',
        version,
        description:
          'Start, watch and stop runs. Inputs hold references to secrets, never credentials. Every refusal is an RFC 9457 problem with a code and what to do.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'runs', description: 'Runs of workflows' },
        { name: 'artifacts', description: 'What runs publish' },
        { name: 'operations', description: 'Health, metrics, documentation' },
      ],
    },
    // OpenAPI has no wildcards: the one at the end of a path is its parameter `key`.
    transform: ({ schema, url }) => ({ schema: named(schema), url: url.replace(/\*$/, ':key') }),
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
  });
}

function named(schema: FastifySchema): FastifySchema {
  const params = schema?.params as { properties: Record<string, unknown>; required: string[] } | undefined;
  const { '*': wildcard, ...others } = params?.properties ?? {};
  if (!params || wildcard === undefined) return schema;
  const required = params.required.map((name) => (name === '*' ? 'key' : name));
  return { ...schema, params: { ...params, properties: { ...others, key: wildcard }, required } };
}

/** Serves the documentation at /docs: everything it needs comes from here. */
export async function serveDocumentation(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    allowEverybody(scope);
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: { validatorUrl: null, tryItOutEnabled: false },
      staticCSP: {
        'default-src': "'none'",
        'base-uri': "'none'",
        'connect-src': "'self'",
        'font-src': "'self'",
        'form-action': "'none'",
        'frame-ancestors': "'none'",
        'img-src': "'self' data:",
        'script-src': "'self'",
        'style-src': "'self' 'unsafe-inline'",
      },
    });
  });
}

import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';

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
        { name: 'sources', description: 'Look at a source before it is extracted' },
        { name: 'configurations', description: 'Inputs of runs, saved under a name' },
        { name: 'schedules', description: 'Runs that are started by the clock' },
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

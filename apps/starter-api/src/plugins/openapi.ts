import swagger from '@fastify/swagger';
import type { FastifyContextConfig, FastifyInstance, FastifySchema } from 'fastify';

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
      security: [{ bearer: [] }, { apiKey: [] }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a token of the configured issuer.' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key.' },
          sidecar: { type: 'apiKey', in: 'header', name: 'dapr-api-token', description: 'The app API token of the Dapr sidecar.' },
        },
      },
      tags: [
        { name: 'runs', description: 'Runs of workflows' },
        { name: 'artifacts', description: 'What runs publish' },
        { name: 'sources', description: 'Look at a source before it is extracted' },
        { name: 'configurations', description: 'Inputs of runs, saved under a name' },
        { name: 'schedules', description: 'Runs that are started by the clock' },
        { name: 'entities', description: 'Live entities: trees that load by themselves' },
        { name: 'events', description: 'Events that flows have loaded, and runs that events start' },
        { name: 'sdk', description: 'Routes that users of the Python SDK know; thin, over the others' },
        { name: 'operations', description: 'Health, metrics, documentation' },
      ],
    },
    // OpenAPI has no wildcards: the one at the end of a path is its parameter `key`.
    transform: ({ schema, url, route }) => ({ schema: { ...named(schema), ...accessOf(route.config) }, url: url.replace(/\*$/, ':key') }),
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
  });
}

/** Who may call it: for programs as its security, for people by the name of the role. */
function accessOf(config: FastifyContextConfig | undefined): object {
  const access = config?.access;
  if (access === 'dapr') return { security: [{ sidecar: [] }], 'x-required-role': 'sidecar' };
  return access === 'public' ? { security: [] } : { 'x-required-role': access };
}

function named(schema: FastifySchema): FastifySchema {
  const params = schema?.params as { properties: Record<string, unknown>; required: string[] } | undefined;
  const { '*': wildcard, ...others } = params?.properties ?? {};
  if (!params || wildcard === undefined) return schema;
  const required = params.required.map((name) => (name === '*' ? 'key' : name));
  return { ...schema, params: { ...params, properties: { ...others, key: wildcard }, required } };
}

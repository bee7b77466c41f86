import { Type } from '@sinclair/typebox';
import { ENTITY_TYPES, type EntityType } from '@tributary/workflow-contracts/sql-metadata';
import type { ApiServer } from '../api-server.js';
import { differenceOf, type DifferenceRequest } from '../difference/difference-of.js';
import { OneAtATime } from '../difference/one-at-a-time.js';
import { RunDifferenceSchema } from '../difference/schemas.js';
import { ref, responses, runParams, runQuery } from '../schemas.js';
import type { ApiServices } from '../services.js';

const query = Type.Object(
  {
    ...runQuery.properties,
    to: Type.Optional(Type.String({ pattern: runQuery.properties.runId.pattern as string, description: 'Run id of the run to compare with; without it the one of the connection before.' })),
    type: Type.Optional(Type.Unsafe<EntityType>({ type: 'string', enum: [...ENTITY_TYPES], description: 'Entity type; without it all.' })),
    limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000, default: 100, description: 'Entities that are named, of each kind of change.' })),
    statistics: Type.Optional(Type.Boolean({ default: false, description: 'Whether estimates of rows and sizes count as changes.' })),
  },
  { additionalProperties: false },
);

/** What a run has published otherwise than another. */
export function differenceRoute(app: ApiServer, services: ApiServices): void {
  const turns = new OneAtATime();

  app.get(
    '/v1/runs/:workflowId/difference',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['artifacts'],
        operationId: 'getRunDifference',
        summary: 'What has changed since the run before',
        description:
          'Compares the published entities of an extraction with those of the run of its connection before, or of another one: counts by type, and the first of what was added, removed and changed. Attributes that say which run it was are left out. Takes some seconds per hundred thousand entities; one is computed at a time.',
        params: runParams,
        querystring: query,
        response: responses({ 200: ref(RunDifferenceSchema) }, [404, 409]),
      },
    },
    ({ params, query: given, signal }) => {
      const { limit = 100, statistics = false, ...rest } = given;
      const request: DifferenceRequest = { ...params, ...rest, limit, statistics, signal };
      return turns.run(() => differenceOf(services, request), signal);
    },
  );
}

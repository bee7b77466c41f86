import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { SecretRef } from '@tributary/common';
import type { StateQuestion } from '@tributary/stateful-workflow/client';
import type { ApiServer } from '../api-server.js';
import { Entities } from '../entities/entities.js';
import { describeEntityType, ENTITY_TYPES, entityTypeOf } from '../entities/entity-types.js';
import { listEntities } from '../entities/list-entities.js';
import { decodePlace, encodePlace } from '../entities/page-place.js';
import {
  actionBody,
  apiTokenBody,
  apiUrlBody,
  EntityActionResultSchema,
  EntityChildListSchema,
  EntityListSchema,
  entityParams,
  EntitySchema,
  EntityStatePageSchema,
  EntitySummarySchema,
  EntityTypeListSchema,
  entityTypeName,
  EntityViewSchema,
  loadBody,
  StartEntitySchema,
} from '../entities/schemas.js';
import { idempotencyHeaders } from '../headers.js';
import { RUN_STATUSES } from '../runs/run-status.js';
import { ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';

const tags = ['entities'];
const name = (description: string) => Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,99}$', description });
const pageToken = Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,4096}$', description: 'nextPageToken of the page before.' }));
const nothing = Type.Null({ description: 'It has taken effect.' });

/** A body that may be left out is an empty one. */
async function withoutBody(request: { body: unknown }): Promise<void> {
  request.body ??= {};
}

/** Live entities: their types, lists, state, views and children; start, actions, pause, credentials, cancel. */
export function entityRoutes(app: ApiServer, services: ApiServices): void {
  const entities = new Entities(services);

  app.get(
    '/v1/entity-types',
    {
      config: { access: 'viewer' },
      schema: { tags, operationId: 'listEntityTypes', summary: 'List the types of entities', response: responses({ 200: ref(EntityTypeListSchema) }, []) },
    },
    async () => ({ entityTypes: ENTITY_TYPES.map(describeEntityType) }),
  );

  app.get(
    '/v1/entities',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'listEntities',
        summary: 'List entities, the latest run first',
        querystring: Type.Object(
          {
            type: Type.Optional(entityTypeName),
            status: Type.Optional(Type.Unsafe<(typeof RUN_STATUSES)[number]>({ type: 'string', enum: RUN_STATUSES.filter((status) => status !== 'continued-as-new') })),
            pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
            pageToken,
          },
          { additionalProperties: false },
        ),
        response: responses({ 200: ref(EntityListSchema) }, [404]),
      },
    },
    ({ query: { type, pageSize = 50, ...query } }) =>
      listEntities(services.client, services.ui, { ...query, pageSize, type: type === undefined ? undefined : entityTypeOf(type) }),
  );

  app.post(
    '/v1/entities/:type',
    {
      config: { access: 'operator' },
      schema: {
        tags,
        operationId: 'startEntity',
        summary: 'Start an entity',
        params: Type.Object({ type: entityTypeName }),
        body: ref(StartEntitySchema),
        response: responses({ 201: ref(EntitySummarySchema) }, [404, 409, 413, 415]),
      },
    },
    async ({ params, body, log }, reply) => {
      const started = await entities.start(entityTypeOf(params.type), body);
      log.info({ workflowId: started.workflowId, runId: started.runId }, 'entity started');
      void reply.code(201).header('location', started.links.self);
      return started;
    },
  );

  app.get(
    '/v1/entities/:type/:id',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'getEntity',
        summary: 'How an entity is doing',
        params: entityParams,
        response: responses({ 200: ref(EntitySchema) }, [404]),
      },
    },
    ({ params }) => entities.read(entityTypeOf(params.type), params.id),
  );

  app.get(
    '/v1/entities/:type/:id/state',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'readEntityState',
        summary: 'The state of an entity, with what it knows of others, page by page',
        params: entityParams,
        querystring: Type.Object(
          {
            entity: Type.Optional(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,62}$', description: 'Only entities of this type of the model: Dataset.' })),
            entityId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Only the entity of this id.' })),
            pageToken,
          },
          { additionalProperties: false },
        ),
        response: responses({ 200: ref(EntityStatePageSchema) }, [404]),
      },
    },
    async ({ params, query: { entity, entityId, pageToken: token } }) => {
      const after = token === undefined ? undefined : decodePlace(token);
      const question: StateQuestion = { ...(entity === undefined ? {} : { type: entity }), ...(entityId === undefined ? {} : { id: entityId }), ...(after ? { after } : {}) };
      const { at, entities: found, next } = await entities.state(entityTypeOf(params.type), params.id, question);
      return { at, entities: found, ...(next ? { nextPageToken: encodePlace(next) } : {}) };
    },
  );

  app.get(
    '/v1/entities/:type/:id/views/:view',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'readEntityView',
        summary: 'What an entity shows of itself',
        params: Type.Object({ ...entityParams.properties, view: name('View of the type.') }),
        response: responses({ 200: ref(EntityViewSchema) }, [404]),
      },
    },
    async ({ params: { type, id, view } }) => ({ view, result: await entities.view(entityTypeOf(type), id, view) }),
  );

  app.get(
    '/v1/entities/:type/:id/children',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'listEntityChildren',
        summary: 'The entities below an entity',
        params: entityParams,
        querystring: Type.Object({ pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })), pageToken }, { additionalProperties: false }),
        response: responses({ 200: ref(EntityChildListSchema) }, [404]),
      },
    },
    async ({ params, query: { pageSize: limit = 50, pageToken: token } }) => {
      const after = token === undefined ? {} : { after: decodePlace(token).id };
      const children = [...(await entities.children(entityTypeOf(params.type), params.id, { limit, ...after }))];
      const last = children.at(-1);
      return { children, ...(children.length === limit && last ? { nextPageToken: encodePlace({ type: 'child', id: last.workflow }) } : {}) };
    },
  );

  app.post(
    '/v1/entities/:type/:id/actions/:action',
    {
      config: { access: 'operator' },
      preValidation: withoutBody,
      schema: {
        tags,
        operationId: 'runEntityAction',
        summary: 'Run an action of an entity',
        description: 'Answers when it has taken effect. With an Idempotency-Key the same action again is answered as it was the first time.',
        params: Type.Object({ ...entityParams.properties, action: name('Action of the type.') }),
        headers: idempotencyHeaders,
        body: actionBody,
        response: responses({ 200: ref(EntityActionResultSchema) }, [404, 409, 413, 415, 422, 504]),
      },
    },
    async ({ params: { type, id, action }, body, headers }) => ({
      action,
      result: await entities.act(entityTypeOf(type), id, action, body, callIdOf(headers['idempotency-key'])),
    }),
  );

  for (const kind of ['pause', 'resume'] as const) {
    const summary = kind === 'pause' ? 'Stop every effect of an entity' : 'Let an entity go on';
    app.post(
      `/v1/entities/:type/:id/${kind}`,
      {
        config: { access: 'operator' },
        schema: { tags, operationId: `${kind}Entity`, summary, params: entityParams, response: responses({ 204: nothing }, [404, 409, 415, 422, 504]) },
      },
      async ({ params }, reply) => {
        await entities.change(entityTypeOf(params.type), params.id, { kind });
        void reply.code(204);
        return null;
      },
    );
  }

  app.post(
    '/v1/entities/:type/:id/load',
    {
      config: { access: 'operator' },
      preValidation: withoutBody,
      schema: {
        tags,
        operationId: 'loadEntity',
        summary: 'Have an entity load again',
        params: entityParams,
        body: loadBody,
        response: responses({ 204: nothing }, [404, 409, 413, 415, 422, 504]),
      },
    },
    async ({ params, body }, reply) => {
      await entities.change(entityTypeOf(params.type), params.id, { kind: 'load', loader: body.loader });
      void reply.code(204);
      return null;
    },
  );

  app.post(
    '/v1/entities/:type/:id/cancel',
    {
      config: { access: 'operator' },
      schema: {
        tags,
        operationId: 'cancelEntity',
        summary: 'End an entity, and those below it as declared',
        description: 'Answers at once; it winds up and is then cancelled.',
        params: entityParams,
        response: responses({ 202: ref(EntitySummarySchema) }, [404, 409, 415]),
      },
    },
    async ({ params }, reply) => {
      void reply.code(202);
      return entities.cancel(entityTypeOf(params.type), params.id);
    },
  );

  app.put(
    '/v1/entities/:type/:id/api-token',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'rotateEntityCredential',
        summary: 'Give an entity another credential',
        description: 'A reference alone: the worker resolves it. All below that inherit it load again with it; the same reference again has them look again.',
        params: entityParams,
        body: apiTokenBody,
        response: responses({ 204: nothing }, [404, 409, 413, 415, 422, 504]),
      },
    },
    async ({ params, body: { reference, minVersion } }, reply) => {
      await entities.change(entityTypeOf(params.type), params.id, { kind: 'apiToken', reference: reference as SecretRef, minVersion });
      void reply.code(204);
      return null;
    },
  );

  app.put(
    '/v1/entities/:type/:id/api-url',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'setEntityApiUrl',
        summary: 'Give an entity another base URL of its API',
        description: 'It is never called from here; the worker calls the hosts that its operator allows, and no others.',
        params: entityParams,
        body: apiUrlBody,
        response: responses({ 204: nothing }, [404, 409, 413, 415, 422, 504]),
      },
    },
    async ({ params, body: { url } }, reply) => {
      await entities.change(entityTypeOf(params.type), params.id, { kind: 'apiUrl', url });
      void reply.code(204);
      return null;
    },
  );
}

/** Id of a call of an action; the key itself goes nowhere. */
function callIdOf(idempotencyKey: string | undefined): string | undefined {
  return idempotencyKey === undefined ? undefined : `key-${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}`;
}

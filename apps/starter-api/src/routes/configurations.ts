import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import type { ApiServer } from '../api-server.js';
import type { SavedConfiguration } from '../configurations/configuration-store.js';
import { entityTag, listOf, nameOfPageToken, viewOf } from '../configurations/configuration-views.js';
import { ConfigurationBodySchema, ConfigurationListSchema, ConfigurationSchema, savedName } from '../configurations/schemas.js';
import { configurationOrder } from '../configurations/start-configuration.js';
import { idempotencyHeaders } from '../headers.js';
import { runLinks } from '../runs/run-links.js';
import { startRun } from '../runs/run-starter.js';
import { ref, responses, RunStartedSchema } from '../schemas.js';
import type { ApiServices } from '../services.js';
import { isUnchanged, preconditionOf } from '../state/precondition.js';

const tags = ['configurations'];
const params = Type.Object({ name: savedName });
const header = (description: string) => Type.Optional(Type.String({ maxLength: 1_000, description }));
const ifMatch = header('ETag that is to be changed, in quotes; * for any.');

/** Saved configurations: read, change under a precondition, start. */
export function configurationRoutes(app: ApiServer, services: ApiServices): void {
  const { configurations, client, ui } = services;
  const tagged = (reply: Pick<FastifyReply, 'header'>, saved: SavedConfiguration) => {
    void reply.header('etag', entityTag(saved.revision));
    return viewOf(saved);
  };

  app.get(
    '/v1/configurations',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'listConfigurations',
        summary: 'List saved configurations, by name',
        querystring: Type.Object(
          {
            pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
            pageToken: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$', description: 'nextPageToken of the page before.' })),
          },
          { additionalProperties: false },
        ),
        response: responses({ 200: ref(ConfigurationListSchema) }, []),
      },
    },
    async ({ query: { pageSize = 50, pageToken } }) =>
      listOf(await configurations.list({ limit: pageSize, ...(pageToken === undefined ? {} : { after: nameOfPageToken(pageToken) }) })),
  );

  app.get(
    '/v1/configurations/:name',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'getConfiguration',
        summary: 'Read a saved configuration',
        params,
        headers: Type.Object({ 'if-none-match': header('ETag that the client has already.') }),
        response: responses({ 200: ref(ConfigurationSchema), 304: Type.Null({ description: 'Not changed.' }) }, [404]),
      },
    },
    async (request, reply) => {
      const saved = await configurations.get(request.params.name);
      const view = tagged(reply, saved);
      if (isUnchanged(request.headers['if-none-match'], saved.revision)) return reply.code(304).send(null);
      return view;
    },
  );

  app.put(
    '/v1/configurations/:name',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'putConfiguration',
        summary: 'Save a configuration',
        description: 'If-None-Match: * makes a new one; If-Match with the ETag that was read replaces that version and no other.',
        params,
        headers: Type.Object({ 'if-match': ifMatch, 'if-none-match': header('* for a new one.') }),
        body: ref(ConfigurationBodySchema),
        response: responses({ 200: ref(ConfigurationSchema), 201: ref(ConfigurationSchema) }, [403, 409, 412, 413, 415, 428]),
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const precondition = preconditionOf(request.headers, true);
      const { document, created } = await configurations.put(name, request.body, precondition);
      const view = tagged(reply, document);
      if (created) void reply.code(201).header('location', view.links.self);
      return view;
    },
  );

  app.delete(
    '/v1/configurations/:name',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'deleteConfiguration',
        summary: 'Delete a saved configuration',
        params,
        headers: Type.Object({ 'if-match': ifMatch }),
        response: responses({ 204: Type.Null({ description: 'Deleted.' }) }, [403, 404, 412, 413, 415, 428]),
      },
    },
    async (request, reply) => {
      await configurations.delete(request.params.name, preconditionOf(request.headers, false));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/v1/configurations/:name/start',
    {
      config: { access: 'operator' },
      schema: {
        tags,
        operationId: 'startConfiguration',
        summary: 'Start a run with a saved configuration',
        params,
        headers: idempotencyHeaders,
        response: responses({ 202: ref(RunStartedSchema) }, [403, 404, 409, 413, 415]),
      },
    },
    async (request, reply) => {
      const saved = await configurations.get(request.params.name);
      const order = configurationOrder(services, saved, request.headers['idempotency-key']);
      const run = await startRun(client, order);
      const links = runLinks(run.workflowId, run.runId, ui);
      request.log.info({ workflowId: run.workflowId, runId: run.runId, configuration: saved.name }, 'run started');
      void reply.code(202).header('location', links.self);
      return { ...run, type: order.type.name, links };
    },
  );
}

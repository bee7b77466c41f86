import { Type } from '@sinclair/typebox';
import type { FlowInput } from '@tributary/workflow-contracts/etl';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiServer } from '../api-server.js';
import { RUN_FINISHED } from '../errors.js';
import { extractionOrder } from '../runs/extraction-order.js';
import { flowOrder } from '../runs/flow-order.js';
import { listRuns, type RunFilter } from '../runs/run-lister.js';
import { runLinks } from '../runs/run-links.js';
import { startRun, type RunOrder } from '../runs/run-starter.js';
import { runStatusOf } from '../runs/run-status.js';
import { temporalCall } from '../runs/temporal-call.js';
import { etlFlowRun, mockFlowRun } from '../run-types/flows.js';
import { extractInputRef, flowInputRef, listQuery, ref, responses, RunListSchema, runParams, runQuery, RunSchema, RunStartedSchema } from '../schemas.js';
import type { ApiServices } from '../services.js';

const idempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[!-~]{8,200}$',
      description: 'Any text of 8 to 200 printable characters, such as a UUID. The same request with it again starts nothing new.',
    }),
  ),
});

/** Start, list, read and cancel runs. */
export function runRoutes(app: ApiServer, services: ApiServices): void {
  const { client, reader, ui } = services;
  const start = async (order: RunOrder, { log }: Pick<FastifyRequest, 'log'>, reply: Pick<FastifyReply, 'code'>) => {
    const run = await startRun(client, order);
    const links = runLinks(run.workflowId, run.runId, ui);
    log.info({ workflowId: run.workflowId, runId: run.runId }, 'run started');
    void reply.code(202).header('location', links.self);
    return { ...run, type: order.type.name, links };
  };

  app.post(
    '/v1/runs/extract-sql-metadata',
    {
      config: { access: 'operator' },
      schema: {
        tags: ['runs'],
        operationId: 'startExtractSqlMetadata',
        summary: 'Extract the catalog of a SQL server',
        description: 'Starts workflow extractSqlMetadata. One extraction per connection runs at a time.',
        headers: idempotencyHeaders,
        body: extractInputRef,
        response: responses({ 202: ref(RunStartedSchema) }, [403, 409, 413, 415]),
      },
    },
    (request, reply) =>
      // The schema is the interface's equal, as a test of the contracts shows.
      start(extractionOrder(services, request.body as ExtractSqlMetadataInput, request.headers['idempotency-key']), request, reply),
  );

  const flows = [
    { type: etlFlowRun, operationId: 'startEtlFlow', summary: 'Extract, transform and load events', description: 'Starts workflow EtlFlow. Runs of the same query may overlap: an event is loaded once.' },
    { type: mockFlowRun, operationId: 'startMockFlow', summary: 'Load made-up events', description: 'Starts workflow MockFlow, which reads no source: it proves that worker and database work.' },
  ];
  for (const { type, ...about } of flows) {
    app.post(
      `/v1/runs/${type.slug}`,
      {
        config: { access: 'operator' },
        schema: {
          tags: ['runs'],
          ...about,
          headers: idempotencyHeaders,
          body: flowInputRef,
          response: responses({ 202: ref(RunStartedSchema) }, [403, 409, 413, 415]),
        },
      },
      (request, reply) => start(flowOrder(type, request.body as FlowInput, request.headers['idempotency-key']), request, reply),
    );
  }

  app.get(
    '/v1/runs',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['runs'],
        operationId: 'listRuns',
        summary: 'List runs, the latest first',
        querystring: listQuery,
        response: responses({ 200: ref(RunListSchema) }, []),
      },
    },
    (request) => listRuns(client, ui, request.query as RunFilter),
  );

  app.get(
    '/v1/runs/:workflowId',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['runs'],
        operationId: 'getRun',
        summary: 'Status of a run, with its progress, result or failure',
        params: runParams,
        querystring: runQuery,
        response: responses({ 200: ref(RunSchema) }, [404]),
      },
    },
    ({ params, query }) => reader.read(params.workflowId, query.runId),
  );

  app.post(
    '/v1/runs/:workflowId/cancel',
    {
      config: { access: 'operator' },
      schema: {
        tags: ['runs'],
        operationId: 'cancelRun',
        summary: 'Ask a run to stop',
        description: 'Answers at once; the run winds up and is then cancelled.',
        params: runParams,
        querystring: runQuery,
        response: responses({ 202: ref(RunStartedSchema) }, [403, 404, 409, 415]),
      },
    },
    async ({ params, query, log }, reply) => {
      const { description } = await reader.describe(params.workflowId, query.runId);
      const { workflowId, runId, type } = description;
      const status = runStatusOf(description.status.name);
      if (status !== 'running') throw RUN_FINISHED({ status });
      await temporalCall(client, () => client.workflow.getHandle(workflowId, runId).cancel());
      log.info({ workflowId, runId }, 'run asked to cancel');
      void reply.code(202);
      return { workflowId, runId, type, status, links: runLinks(workflowId, runId, ui) };
    },
  );
}

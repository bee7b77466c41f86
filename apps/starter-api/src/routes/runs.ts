import type { FlowInput } from '@tributary/workflow-contracts/etl';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiServer } from '../api-server.js';
import { RUN_HAS_NO_RESULT, RUN_RUNNING } from '../errors.js';
import { idempotencyHeaders } from '../headers.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { Problem } from '../problems/problem-schema.js';
import { extractionOrder } from '../runs/extraction-order.js';
import { flowOrder } from '../runs/flow-order.js';
import { listRuns, type RunFilter } from '../runs/run-lister.js';
import { runLinks } from '../runs/run-links.js';
import type { RunType } from '../runs/run-type.js';
import { startRun, type RunOrder } from '../runs/run-starter.js';
import { RUN_TYPES } from '../runs/run-types.js';
import { RunTypeListSchema } from '../runs/schemas.js';
import { etlFlowRun, mockFlowRun } from '../run-types/flows.js';
import { extractInputRef, flowInputRef, listQuery, ref, responses, RunListSchema, runParams, runQuery, runResult, RunSchema, RunStartedSchema } from '../schemas.js';
import type { ApiServices } from '../services.js';

/** Start, list and read runs. */
export function runRoutes(app: ApiServer, services: ApiServices): void {
  const { client, reader, ui } = services;
  const start = async (order: RunOrder, { log }: Pick<FastifyRequest, 'log'>, reply: Pick<FastifyReply, 'code'>) => {
    const run = await startRun(client, order);
    const links = runLinks(run.workflowId, run.runId, ui);
    log.info({ workflowId: run.workflowId, runId: run.runId }, 'run started');
    void reply.code(202).header('location', links.self);
    return { ...run, type: order.type.name, links };
  };

  app.get(
    '/v1/run-types',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['runs'],
        operationId: 'listRunTypes',
        summary: 'List the types of runs, with what each takes',
        response: responses({ 200: ref(RunTypeListSchema) }, []),
      },
    },
    () => ({ runTypes: RUN_TYPES.map(describeRunType) }),
  );

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

  app.get(
    '/v1/runs/:workflowId/result',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['runs'],
        operationId: 'getRunResult',
        summary: 'Result of a run',
        description: 'Of a run that failed 409 with its failure as the problem: asking again changes nothing.',
        params: runParams,
        querystring: runQuery,
        response: responses({ 200: runResult }, [404, 409]),
      },
    },
    async ({ params, query }, reply) => {
      const { status, result, failure, links } = await reader.read(params.workflowId, query.runId);
      if (status === 'running') throw new ApiProblem(RUN_RUNNING(), { run: links.self }, { 'retry-after': '2' });
      if (failure) return refuseWith({ ...failure, status: 409, run: links.self }, reply);
      if (!result) throw new ApiProblem(RUN_HAS_NO_RESULT({ status }), { run: links.self });
      return result;
    },
  );
}

function describeRunType({ name, slug, title, description, taskQueue, input }: RunType) {
  const [example = {}] = input['examples'] as readonly Record<string, unknown>[];
  return { name, slug, title, description, taskQueue, input, example, start: `/v1/runs/${slug}` };
}

/** Answers with the problem that ended a run. */
function refuseWith(problem: Problem, reply: FastifyReply): never {
  reply.problemCode = problem.code;
  return reply.code(problem.status).type('application/problem+json').send(problem) as never;
}

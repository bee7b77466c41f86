import type { WorkflowExecutionDescription } from '@temporalio/client';
import { isCodedError } from '@tributary/common';
import type { ApiServer } from '../api-server.js';
import { RUN_FINISHED, RUN_NOT_PAUSABLE, RUN_UNKNOWN } from '../errors.js';
import { runLinks } from '../runs/run-links.js';
import { retryRun } from '../runs/run-retrier.js';
import { reasonBody, RunRetriedSchema } from '../runs/schemas.js';
import { runStatusOf, type RunStatus } from '../runs/run-status.js';
import { temporalCall } from '../runs/temporal-call.js';
import { ref, responses, runParams, runQuery, RunStartedSchema } from '../schemas.js';
import type { ApiServices } from '../services.js';

const tags = ['runs'];
const shape = { tags, params: runParams, querystring: runQuery };
const PROBLEMS = [403, 404, 409, 413, 415] as const;

/** Cancel, terminate, pause, resume and retry runs. */
export function runActionRoutes(app: ApiServer, services: ApiServices): void {
  const { client, reader, ui } = services;

  /** The run, if it is running. @throws CodedError RUN_UNKNOWN, RUN_FINISHED */
  const running = async (id: string, runIdGiven: string | undefined): Promise<WorkflowExecutionDescription> => {
    const { description } = await reader.describe(id, runIdGiven);
    const status = runStatusOf(description.status.name);
    if (status !== 'running') throw RUN_FINISHED({ status });
    return description;
  };

  /** Acts on a run that was running a moment ago. */
  const act = async ({ workflowId, runId }: WorkflowExecutionDescription, action: () => Promise<unknown>): Promise<void> => {
    try {
      await temporalCall(client, action);
    } catch (error) {
      if (!isCodedError(error) || error.code !== RUN_UNKNOWN.code) throw error;
      const { description } = await reader.describe(workflowId, runId);
      throw RUN_FINISHED({ status: runStatusOf(description.status.name) }, { cause: error });
    }
  };

  const started = ({ workflowId, runId, type }: WorkflowExecutionDescription, status: RunStatus) => ({
    workflowId,
    runId,
    type,
    status,
    links: runLinks(workflowId, runId, ui),
  });

  app.post(
    '/v1/runs/:workflowId/cancel',
    {
      config: { access: 'operator' },
      schema: {
        ...shape,
        operationId: 'cancelRun',
        summary: 'Ask a run to stop',
        description: 'Answers at once; the run winds up and is then cancelled.',
        response: responses({ 202: ref(RunStartedSchema) }, PROBLEMS),
      },
    },
    async ({ params, query, log }, reply) => {
      const run = await running(params.workflowId, query.runId);
      const { workflowId, runId } = run;
      await act(run, () => client.workflow.getHandle(workflowId, runId).cancel());
      log.info({ workflowId, runId }, 'run asked to cancel');
      void reply.code(202);
      return started(run, 'running');
    },
  );

  app.post(
    '/v1/runs/:workflowId/terminate',
    {
      config: { access: 'admin' },
      schema: {
        ...shape,
        operationId: 'terminateRun',
        summary: 'End a run at once',
        description:
          'For a run that does not end when it is cancelled. It gets no chance to wind up: what it had staged in the object store, or begun in the events database, stays there.',
        body: reasonBody,
        response: responses({ 200: ref(RunStartedSchema) }, PROBLEMS),
      },
    },
    async ({ params, query, body, log }) => {
      const run = await running(params.workflowId, query.runId);
      const { workflowId, runId } = run;
      await act(run, () => client.workflow.getHandle(workflowId, runId).terminate(body.reason));
      log.info({ workflowId, runId }, 'run terminated');
      return started(run, 'terminated');
    },
  );

  for (const [verb, summary] of [['pause', 'Have a run wait'], ['resume', 'Have a paused run go on']] as const) {
    app.post(
      `/v1/runs/:workflowId/${verb}`,
      {
        config: { access: 'operator' },
        schema: {
          ...shape,
          operationId: `${verb}Run`,
          summary,
          description: 'Refused for every type of run that there is: they have no pause. Entities have one.',
          response: responses({ 202: ref(RunStartedSchema) }, PROBLEMS),
        },
      },
      async ({ params, query }) => {
        const { type } = await running(params.workflowId, query.runId);
        throw RUN_NOT_PAUSABLE({ type });
      },
    );
  }

  app.post(
    '/v1/runs/:workflowId/retry',
    {
      config: { access: 'operator' },
      schema: {
        ...shape,
        operationId: 'retryRun',
        summary: 'Take a failed run up again',
        description:
          'For runs that have failed, timed out or been terminated, each the latest of its workflow id. A new run under the same workflow id keeps the stages that had ended and repeats the rest. An extraction keeps what it has found and planned, and reads anew. A flow goes on with what was left, or from the beginning when it had been closed; events are loaded once in either case. The same request again answers with the same run.',
        response: responses({ 202: ref(RunRetriedSchema) }, PROBLEMS),
      },
    },
    async ({ params, query, log }, reply) => {
      const run = await retryRun(services, params.workflowId, query.runId);
      const links = runLinks(run.workflowId, run.runId, ui);
      log.info({ workflowId: run.workflowId, runId: run.runId, retryOf: run.retryOf, from: run.from }, 'run retried');
      void reply.code(202).header('location', links.self);
      return { ...run, links: { ...links } };
    },
  );
}

import type { Client } from '@temporalio/client';
import { isCodedError } from '@tributary/common';
import { RUN_FINISHED, RUN_UNKNOWN } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { RunReader } from '../runs/run-reader.js';
import { runStatusOf } from '../runs/run-status.js';
import { temporalCall } from '../runs/temporal-call.js';

interface RunParams {
  readonly workflowId: string;
  readonly runId: string;
}

/** Status of a run as the SDK tells it. @throws CodedError RUN_UNKNOWN, API_TEMPORAL_UNAVAILABLE */
export async function runStatus(reader: RunReader, { workflowId, runId }: RunParams) {
  const { description, latest } = await found(workflowId, runId, async () => {
    const { description: asked } = await reader.describe(workflowId, runId);
    return { description: asked, latest: (await reader.describe(workflowId)).description.runId };
  });
  const until = description.closeTime ?? new Date();
  return {
    workflow_id: workflowId,
    run_id: description.runId,
    status: description.status.name === 'CANCELLED' ? 'CANCELED' : description.status.name,
    execution_duration_seconds: Math.max(0, Math.floor((until.getTime() - description.startTime.getTime()) / 1_000)),
    last_executed_run_id: latest,
  };
}

/** Asks a run to wind up. @throws CodedError RUN_UNKNOWN, RUN_FINISHED, API_TEMPORAL_UNAVAILABLE */
export async function stopRun(client: Client, reader: RunReader, { workflowId, runId }: RunParams): Promise<void> {
  const { description } = await found(workflowId, runId, () => reader.describe(workflowId, runId));
  const status = runStatusOf(description.status.name);
  if (status !== 'running') throw RUN_FINISHED({ status });
  await temporalCall(client, () => client.workflow.getHandle(workflowId, runId).cancel());
}

/** An unknown run has a status too, in the SDK's terms. */
async function found<T>(workflowId: string, runId: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isCodedError(error) || error.code !== RUN_UNKNOWN.code) throw error;
    throw new ApiProblem(error, { data: { workflow_id: workflowId, run_id: runId, status: 'NOT_FOUND' } });
  }
}

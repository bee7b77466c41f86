import {
  QueryNotRegisteredError,
  QueryRejectedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { toProblemDetails } from '@tributary/common';
import { RUN_PROGRESS_UNAVAILABLE } from '../errors.js';
import type { Problem } from '../problems/problem-schema.js';
import { GRPC, grpcCode } from '../runs/temporal-call.js';
import type { RunProgress, RunType } from '../runs/run-type.js';
import { readHeartbeats } from './heartbeats.js';

/** A worker answers a query within milliseconds; one that is down must not hold up the status. */
const QUERY_DEADLINE_MS = 1_500;

export type ProgressReading =
  | { readonly progress: RunProgress; readonly progressUnavailable?: never }
  | { readonly progress?: never; readonly progressUnavailable: Problem };

/** Progress of a running run, or why it is not known. */
export async function readProgress(client: Client, description: WorkflowExecutionDescription, type: RunType): Promise<ProgressReading> {
  const { workflowId, runId, startTime } = description;
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    const answer = await client.connection.withDeadline(Date.now() + QUERY_DEADLINE_MS, () => handle.query<unknown>(type.progressQuery));
    const heartbeats = await readHeartbeats(client, description);
    const progress = type.readProgress(answer, heartbeats, Date.now() - startTime.getTime());
    return progress ? { progress } : unavailable('the worker answers in a form that this API does not know', type);
  } catch (error) {
    return unavailable(reasonOf(error), type);
  }
}

function unavailable(reason: string, { taskQueue }: RunType): ProgressReading {
  return { progressUnavailable: toProblemDetails(RUN_PROGRESS_UNAVAILABLE({ reason, taskQueue })) };
}

function reasonOf(error: unknown): string {
  if (error instanceof QueryNotRegisteredError) return 'this version of the workflow does not report progress';
  if (error instanceof QueryRejectedError) return 'the run has just ended';
  const code = grpcCode(error);
  if (code === GRPC.DEADLINE_EXCEEDED || code === GRPC.FAILED_PRECONDITION) return `no worker answered within ${QUERY_DEADLINE_MS} ms`;
  return 'the query failed';
}

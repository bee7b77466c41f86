import { WorkflowExecutionAlreadyStartedError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { IDEMPOTENCY_KEY_REUSED, RUN_ALREADY_RUNNING, RUN_UNKNOWN } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import { connectionWorkflowId, inputFingerprint, keyedWorkflowId } from './run-ids.js';
import { runLinks, type TemporalUi } from './run-links.js';
import { readMemo, type RunMemo } from './run-memo.js';
import { runStatusOf, type RunStatus } from './run-status.js';
import { extractSqlMetadataRun as type } from './run-types.js';
import type { RunningExtractions } from './running-extractions.js';
import { temporalCall } from './temporal-call.js';

export interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: RunStatus;
}

export interface StartDependencies {
  readonly client: Client;
  readonly ui: TemporalUi;
  readonly running: RunningExtractions;
}

/**
 * Starts an extraction. One runs per connection at a time; the workflow id carries that where no key is given. With a
 * key the id is derived from the key instead: the same request again answers with the run that the first one started,
 * as long as Temporal keeps it.
 * @throws ApiProblem RUN_ALREADY_RUNNING, IDEMPOTENCY_KEY_REUSED; CodedError API_TEMPORAL_UNAVAILABLE, PAYLOAD_TOO_LARGE
 */
export async function startExtraction(
  { client, ui, running: extractions }: StartDependencies,
  input: ExtractSqlMetadataInput,
  idempotencyKey: string | undefined,
): Promise<StartedRun> {
  const { qualifiedName: connection } = input.connection;
  const memo: RunMemo = { connection, fingerprint: inputFingerprint(input) };
  const keyedId = idempotencyKey === undefined ? undefined : keyedWorkflowId(idempotencyKey);
  const earlier = keyedId === undefined ? undefined : await describeIfThere(client, keyedId);
  if (earlier) return repeated(earlier, memo);

  const running = await extractions.find(connection);
  if (running) throw alreadyRunning(running, connection, ui);

  const workflowId = keyedId ?? connectionWorkflowId(connection);
  try {
    const handle = await temporalCall(client, () =>
      client.workflow.start(type.name, {
        workflowId,
        taskQueue: type.taskQueue,
        args: [input],
        memo: { ...memo },
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
        workflowIdReusePolicy:
          keyedId === undefined ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : WorkflowIdReusePolicy.REJECT_DUPLICATE,
      }),
    );
    const runId = handle.firstExecutionRunId;
    extractions.noteStarted(connection, { workflowId, runId });
    return { workflowId, runId, status: 'running' };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // Somebody was faster, between our look and our start.
    const other = await temporalCall(client, () => client.workflow.getHandle(workflowId).describe());
    if (keyedId === undefined) throw alreadyRunning(other, connection, ui);
    return repeated(other, memo);
  }
}

function repeated(earlier: WorkflowExecutionDescription, { fingerprint }: RunMemo): StartedRun {
  const { workflowId, runId, status, memo } = earlier;
  if (readMemo(memo).fingerprint !== fingerprint) throw IDEMPOTENCY_KEY_REUSED({ workflowId });
  return { workflowId, runId, status: runStatusOf(status.name) };
}

function alreadyRunning({ workflowId, runId }: { workflowId: string; runId: string }, connection: string, ui: TemporalUi): ApiProblem {
  return new ApiProblem(RUN_ALREADY_RUNNING({ connection, workflowId }), { run: runLinks(workflowId, runId, ui).self });
}

async function describeIfThere(client: Client, workflowId: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await temporalCall(client, () => client.workflow.getHandle(workflowId).describe());
  } catch (error) {
    if ((error as { code?: unknown }).code === RUN_UNKNOWN.code) return undefined;
    throw error;
  }
}

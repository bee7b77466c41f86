import { WorkflowExecutionAlreadyStartedError, type Client, type WorkflowExecutionDescription, type WorkflowStartOptions } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { IDEMPOTENCY_KEY_REUSED, RUN_UNKNOWN } from '../errors.js';
import { inputFingerprint, keyedWorkflowId } from './run-ids.js';
import { readMemo, type RunLabels, type RunMemo } from './run-memo.js';
import { runSearchAttributes } from './run-search-attributes.js';
import { runStatusOf, type RunStatus } from './run-status.js';
import type { RunType } from './run-type.js';
import { GRPC, grpcCode, temporalCall } from './temporal-call.js';

export interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: RunStatus;
}

/** A run that is asked for. */
export interface RunOrder {
  readonly type: RunType;
  readonly input: object;
  readonly labels: RunLabels;
  /** Workflow id where no Idempotency-Key is given. */
  readonly workflowId: string;
  readonly idempotencyKey: string | undefined;
  /** For runs that exclude each other. */
  readonly exclusion?: Exclusion;
}

export interface Exclusion {
  /** The run that stands in the way. */
  find(): Promise<Pick<StartedRun, 'workflowId' | 'runId'> | undefined>;
  /** What is answered then. */
  refuse(other: Pick<StartedRun, 'workflowId' | 'runId'>): Error;
  /** Told of the run that was started. */
  noteStarted(run: Pick<StartedRun, 'workflowId' | 'runId'>): void;
}

/**
 * Starts a run. With an Idempotency-Key the workflow id is derived from the key: the same request again answers with
 * the run that the first one started, as long as Temporal keeps it.
 * @throws what `exclusion` refuses with; CodedError IDEMPOTENCY_KEY_REUSED, API_TEMPORAL_UNAVAILABLE, PAYLOAD_TOO_LARGE
 */
export async function startRun(client: Client, { type, input, labels, idempotencyKey, exclusion, ...order }: RunOrder): Promise<StartedRun> {
  const memo: RunMemo = { ...labels, fingerprint: inputFingerprint(input) };
  const keyedId = idempotencyKey === undefined ? undefined : keyedWorkflowId(type.slug, idempotencyKey);
  const earlier = keyedId === undefined ? undefined : await describeIfThere(client, keyedId);
  if (earlier) return repeated(earlier, memo);

  const running = await exclusion?.find();
  if (exclusion && running) {
    // The same request, sent twice at a time, does not stand in its own way.
    const same = running.workflowId === keyedId ? await describeIfThere(client, keyedId) : undefined;
    if (same) return repeated(same, memo);
    throw exclusion.refuse(running);
  }

  const workflowId = keyedId ?? order.workflowId;
  try {
    const runId = await start(client, type.name, labels, {
      workflowId,
      taskQueue: type.taskQueue,
      args: [input],
      memo: { ...memo },
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      workflowIdReusePolicy: keyedId === undefined ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
    exclusion?.noteStarted({ workflowId, runId });
    return { workflowId, runId, status: 'running' };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // Somebody was faster, between our look and our start.
    const other = await temporalCall(client, () => client.workflow.getHandle(workflowId).describe());
    if (keyedId === undefined && exclusion) throw exclusion.refuse(other);
    return repeated(other, memo);
  }
}

/** Starts with the search attributes that the namespace knows. */
async function start(client: Client, type: string, labels: RunLabels, options: WorkflowStartOptions): Promise<string> {
  const attributes = runSearchAttributes(client);
  const typedSearchAttributes = await attributes.of(labels);
  try {
    const more = typedSearchAttributes.length > 0 ? { typedSearchAttributes } : {};
    const handle = await temporalCall(client, () => client.workflow.start(type, { ...options, ...more }));
    return handle.firstExecutionRunId;
  } catch (error) {
    if (typedSearchAttributes.length === 0 || grpcCode(error) !== GRPC.INVALID_ARGUMENT) throw error;
    // They were taken away, or have not come to every frontend yet: the run matters more than how it is found.
    attributes.forget();
    const handle = await temporalCall(client, () => client.workflow.start(type, options));
    return handle.firstExecutionRunId;
  }
}

function repeated(earlier: WorkflowExecutionDescription, { fingerprint }: RunMemo): StartedRun {
  const { workflowId, runId, status, memo } = earlier;
  if (readMemo(memo).fingerprint !== fingerprint) throw IDEMPOTENCY_KEY_REUSED({ workflowId });
  return { workflowId, runId, status: runStatusOf(status.name) };
}

async function describeIfThere(client: Client, workflowId: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await temporalCall(client, () => client.workflow.getHandle(workflowId).describe());
  } catch (error) {
    if ((error as { code?: unknown }).code === RUN_UNKNOWN.code) return undefined;
    throw error;
  }
}

import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { temporalCall } from '../runs/temporal-call.js';

/** `TASK_QUEUE_TYPE_WORKFLOW`, `PENDING_WORKFLOW_TASK_STATE_STARTED` in Temporal's API. */
const WORKFLOW_TASKS = 1;
const STARTED = 2;

/** A poller asks anew at least once a minute; Temporal goes on listing one that is gone for minutes. */
const POLL_MS = 70_000;

/** Whether somebody polls the queue. @throws CodedError API_TEMPORAL_UNAVAILABLE */
export async function hasWorker(client: Client, taskQueue: string): Promise<boolean> {
  const { namespace } = client.options;
  const { pollers } = await temporalCall(client, () =>
    client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: WORKFLOW_TASKS }),
  );
  const since = Date.now() - POLL_MS;
  return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 > since);
}

/** Whether no worker has taken the first task of a workflow. */
export function isUntouched({ raw }: WorkflowExecutionDescription): boolean {
  const { pendingWorkflowTask, pendingActivities, workflowExecutionInfo } = raw;
  const nothingYet = Number(workflowExecutionInfo?.historyLength ?? 0) <= 2 && (pendingActivities ?? []).length === 0;
  return nothingYet && pendingWorkflowTask != null && Number(pendingWorkflowTask.state) !== STARTED;
}

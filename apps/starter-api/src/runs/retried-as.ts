import type { WorkflowExecutionDescription } from '@temporalio/client';

/** Run id of the run that took another one up again, if there is one. */
export function retriedAs({ raw }: WorkflowExecutionDescription): string | undefined {
  return raw.workflowExtendedInfo?.resetRunId || undefined;
}

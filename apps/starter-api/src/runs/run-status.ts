import type { WorkflowExecutionStatusName } from '@temporalio/client';

export const RUN_STATUSES = [
  'running',
  'completed',
  'failed',
  'cancelled',
  'terminated',
  'timed-out',
  'continued-as-new',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** How Temporal's visibility queries name a status. */
export const VISIBILITY_NAMES: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Canceled',
  terminated: 'Terminated',
  'timed-out': 'TimedOut',
  'continued-as-new': 'ContinuedAsNew',
};

/** The status that the API shows for one of Temporal's. A paused run is a running one that waits. */
export function runStatusOf(name: WorkflowExecutionStatusName): RunStatus {
  switch (name) {
    case 'COMPLETED':
      return 'completed';
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return 'cancelled';
    case 'TERMINATED':
      return 'terminated';
    case 'TIMED_OUT':
      return 'timed-out';
    case 'CONTINUED_AS_NEW':
      return 'continued-as-new';
    case 'RUNNING':
    case 'PAUSED':
    case 'UNSPECIFIED':
    case 'UNKNOWN':
      return 'running';
  }
}

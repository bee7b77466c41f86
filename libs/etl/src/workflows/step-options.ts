import { ActivityCancellationType } from '@temporalio/workflow';
import type { StepOptions } from '../flow.js';
import type { EtlActivities } from '../messages.js';
import { STAGE_ATTEMPTS } from '../stage-limits.js';

// Attempts are bounded everywhere; which errors are worth one is decided by the registry, through nonRetryable.
const retry = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;

/** How the steps of an ETL flow are run. */
export const STEP_OPTIONS: { readonly [K in keyof EtlActivities]: StepOptions } = {
  planFlow: {
    startToCloseTimeout: '5 minutes',
    scheduleToCloseTimeout: '1 hour',
    retry: { ...retry, maximumAttempts: 20 },
  },
  runStage: {
    // A backfill of years is one stage. That a worker is alive is seen by its heartbeats, not by this.
    startToCloseTimeout: '7 days',
    scheduleToCloseTimeout: '30 days',
    heartbeatTimeout: '1 minute',
    // What was in flight is committed or given up before the run is closed.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes', maximumAttempts: STAGE_ATTEMPTS },
  },
  reportFlow: {
    startToCloseTimeout: '1 hour',
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: '1 minute',
    retry: { ...retry, maximumAttempts: 100 },
  },
  closeFlow: {
    startToCloseTimeout: '30 minutes',
    scheduleToCloseTimeout: '6 hours',
    retry: { ...retry, maximumAttempts: 100 },
  },
};

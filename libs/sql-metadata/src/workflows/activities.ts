import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { SqlMetadataActivities } from '../messages.js';

// Attempts are bounded everywhere; which errors are worth one is decided by the registry, through nonRetryable.
const retry = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;

/** A source that cannot be reached or signed in to is said within a minute, not after an hour. */
export const { checkSource } = proxyActivities<SqlMetadataActivities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '20 minutes',
  retry: { ...retry, maximumAttempts: 6 },
});

/** Once the source is known to work, an outage of it or of the sidecar is waited out. */
export const { planDatabase } = proxyActivities<SqlMetadataActivities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '3 hours',
  retry: { ...retry, maximumAttempts: 20 },
});

export const { verifyDatabase } = proxyActivities<SqlMetadataActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '1 minute',
  scheduleToCloseTimeout: '3 hours',
  retry: { ...retry, maximumAttempts: 20 },
});

/** Publishing outlasts an outage of the state store or the broker: the data is there, only its announcement waits. */
export const { publishRun } = proxyActivities<SqlMetadataActivities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '6 hours',
  retry: { ...retry, maximumAttempts: 100 },
});

export const { tidyRun } = proxyActivities<SqlMetadataActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
  scheduleToCloseTimeout: '1 hour',
  retry: { ...retry, maximumAttempts: 5 },
});

const SECOND = 1_000;

/**
 * The batch reader. A heartbeat follows every fetch, and no fetch outlasts the statement time-out, so the heartbeat
 * time-out is that plus a margin: long enough for an honest statement, short enough to see a dead worker soon.
 */
export function batchActivities(statementTimeoutMs: number): Pick<SqlMetadataActivities, 'extractBatch'> {
  return proxyActivities<SqlMetadataActivities>({
    startToCloseTimeout: '2 hours',
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: statementTimeoutMs + 10 * SECOND,
    // A cancelled batch has let go of its shards before they are deleted.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { ...retry, maximumAttempts: 20 },
  });
}

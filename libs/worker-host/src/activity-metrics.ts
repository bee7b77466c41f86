import { CancelledFailure } from '@temporalio/common';
import type { Metrics } from '@tributary/clients/telemetry';

/** Records how long an activity took and how it ended. */
export type RecordActivity = (activityType: string, seconds: number, failure: unknown) => void;

/** Metrics of every activity: duration by type and outcome, failures by type and code. */
export function activityMetrics(metrics: Metrics): RecordActivity {
  const duration = metrics.histogram({
    name: 'activity_duration_seconds',
    help: 'Time from the start of an activity attempt to its end, by outcome: completed, failed or cancelled.',
    labels: ['activity_type', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600],
  });
  const failures = metrics.counter({
    name: 'activity_failures_total',
    help: 'Failed activity attempts by error code.',
    labels: ['activity_type', 'code'],
  });
  return (activityType, seconds, failure) => {
    duration.observe({ activity_type: activityType, outcome: outcomeOf(failure) }, seconds);
    if (outcomeOf(failure) === 'failed') failures.inc({ activity_type: activityType, code: codeOf(failure) });
  };
}

function outcomeOf(failure: unknown): string {
  if (failure === undefined) return 'completed';
  return failure instanceof CancelledFailure ? 'cancelled' : 'failed';
}

function codeOf(failure: unknown): string {
  const type = (failure as { type?: unknown }).type;
  return typeof type === 'string' ? type : 'UNKNOWN';
}

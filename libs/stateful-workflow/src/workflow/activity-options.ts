import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CancelRequest, CheckReport, CheckRequest, DeliverReport, DeliverRequest, PublishRequest, StartReport, StartRequest, WorkerFacts } from './contract.js';

/** How long an activity may take, and how often it is tried; milliseconds. */
export interface ActivityTimes {
  /** One try. @default 120,000 */
  readonly startToCloseMs?: number;
  /** Between two signs of progress. @default 30,000 */
  readonly heartbeatMs?: number;
  /** Tries; what fails after them is tried again by the entity, with its own back-off. @default 3 */
  readonly attempts?: number;
}

/** An activity by its name, with its times. */
export function activitiesOf<I, O>(name: string, times: Readonly<Record<string, ActivityTimes>>): (input: I) => Promise<O> {
  const { startToCloseMs = 120_000, heartbeatMs = 30_000, attempts = 3 } = times[name] ?? {};
  const activities = proxyActivities<Record<string, (input: I) => Promise<O>>>({
    startToCloseTimeout: startToCloseMs,
    heartbeatTimeout: heartbeatMs,
    // Without it a worker type that nobody runs would hold a load for ever.
    scheduleToCloseTimeout: startToCloseMs * attempts + 600_000,
    retry: { maximumAttempts: attempts, initialInterval: 1000, maximumInterval: 30_000 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });
  return activities[name] as (input: I) => Promise<O>;
}

/** Activities of the framework itself. */
export interface ShellActivities {
  statefulStart(request: StartRequest): Promise<StartReport>;
  statefulDeliver(request: DeliverRequest): Promise<DeliverReport>;
  statefulCheck(request: CheckRequest): Promise<CheckReport>;
  statefulPublish(request: PublishRequest): Promise<void>;
  statefulCancel(request: CancelRequest): Promise<void>;
}

export const ownActivities = proxyActivities<ShellActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { maximumAttempts: 10, initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

export const { statefulFacts } = proxyLocalActivities<{ statefulFacts(): Promise<WorkerFacts> }>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 10, initialInterval: '100 milliseconds', maximumInterval: '5 seconds' },
});

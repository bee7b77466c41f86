import type { Client } from '@temporalio/client';

type History = NonNullable<Awaited<ReturnType<Client['workflowService']['getWorkflowExecutionHistory']>>['history']>;
type HistoryEvent = NonNullable<History['events']>[number];
type Scheduled = NonNullable<HistoryEvent['activityTaskScheduledEventAttributes']>;
type EventId = NonNullable<HistoryEvent['eventId']>;

/** From where on a retry does the work again, when that is earlier than the stage that failed. */
export interface RetryRule {
  /** Type of the activity whose work, and all after it, is done again. */
  readonly redo: string;
  /** Only in runs that have come to this activity. Without it in all. */
  readonly after?: string;
}

/** Where a run is taken up again. */
export interface RetryPoint {
  /** The completed workflow task to reset to: the one that ordered `activity`. */
  readonly workflowTask: EventId;
  /** Type of the activity that is repeated first; undefined when the run starts from the beginning. */
  readonly activity?: string;
}

/**
 * Finds in a history, event by event, where its run is to be taken up again: at the activity that failed first, else at
 * the first that had not ended; earlier where `rule` says so; at the beginning where there is no such activity.
 */
export class RetryPointFinder {
  private first: EventId | undefined;
  private failed: RetryPoint | undefined;
  private redo: RetryPoint | undefined;
  private isAfter: boolean;
  private readonly pending = new Map<string, RetryPoint>();

  constructor(private readonly rule: RetryRule) {
    this.isAfter = rule.after === undefined;
  }

  add(event: HistoryEvent): void {
    const { activityTaskScheduledEventAttributes: scheduled, workflowTaskCompletedEventAttributes: task, eventId } = event;
    if (task && eventId != null) this.first ??= eventId;
    if (scheduled && eventId != null) this.schedule(eventId, scheduled);
    const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
    const ended = failed ?? event.activityTaskCompletedEventAttributes ?? event.activityTaskCanceledEventAttributes;
    if (ended?.scheduledEventId == null) return;
    const key = ended.scheduledEventId.toString();
    if (failed) this.failed ??= this.pending.get(key);
    this.pending.delete(key);
  }

  /** Undefined when no worker has begun the run. */
  find(): RetryPoint | undefined {
    if (this.first === undefined) return undefined;
    const [open] = this.pending.values();
    const stopped = this.failed ?? open;
    const redo = this.isAfter ? this.redo : undefined;
    if (!stopped) return redo ?? { workflowTask: this.first };
    return redo?.workflowTask.lessThan(stopped.workflowTask) ? redo : stopped;
  }

  private schedule(eventId: EventId, { activityType, workflowTaskCompletedEventId: workflowTask }: Scheduled): void {
    const activity = activityType?.name;
    if (workflowTask == null || activity == null) return;
    const point: RetryPoint = { workflowTask, activity };
    this.pending.set(eventId.toString(), point);
    if (activity === this.rule.redo) this.redo ??= point;
    if (activity === this.rule.after) this.isAfter = true;
  }
}

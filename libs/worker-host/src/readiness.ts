import { temporal } from '@temporalio/proto';
import type { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from '@tributary/common/logging';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;

/** A poll waits up to 60 s for a task; a worker that polls has started one within this. */
const RECENT_POLL_MS = 75_000;
const CHECK_DEADLINE_MS = 2_000;

/** Whether the worker takes tasks, and if not, why. */
export type ReadinessState = { readonly ready: true } | { readonly ready: false; readonly reason: string };

export interface PollerOptions {
  readonly worker: Worker;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly identity: string;
  /** Rejects when the sidecar is not ready within `timeoutMs`. */
  readonly checkSidecar: (timeoutMs: number) => Promise<void>;
  readonly logger: Logger;
  /** Time between checks while ready; while not, they come three times as often. @default 3000 ms */
  readonly intervalMs?: number;
}

/**
 * Readiness from the real state of the pollers: the worker says it polls, the server says it has seen polls of this very
 * worker for workflow and for activity tasks, and the sidecar that activities need is there. It turns unready and ready
 * again by itself.
 */
export class Readiness {
  #state: ReadinessState = { ready: false, reason: 'starting' };
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  get state(): ReadinessState {
    return this.#state;
  }

  /** Begins to check. */
  watch(options: PollerOptions): void {
    const { intervalMs = 3_000, logger } = options;
    const check = async (): Promise<void> => {
      const reason = await whyNotPolling(options);
      if (this.#stopped) return;
      this.#set(reason === undefined ? { ready: true } : { ready: false, reason }, logger);
      this.#timer = setTimeout(() => void check(), this.#state.ready ? intervalMs : intervalMs / 3);
    };
    void check();
  }

  /** Stops checking; not ready from now on. */
  stop(reason: string): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#state = { ready: false, reason };
  }

  #set(state: ReadinessState, logger: Logger): void {
    if (state.ready !== this.#state.ready) {
      if (state.ready) logger.info('Ready: the server sees the polls of this worker, and the sidecar answers');
      else logger.warn({ reason: state.reason }, 'Not ready');
    }
    this.#state = state;
  }
}

async function whyNotPolling(options: PollerOptions): Promise<string | undefined> {
  const state = options.worker.getState();
  if (state !== 'RUNNING') return `the worker is ${state.toLowerCase()}`;
  const { workflowPollerState, activityPollerState } = options.worker.getStatus();
  if (workflowPollerState !== 'POLLING') return `the workflow poller is ${workflowPollerState.toLowerCase()}`;
  if (activityPollerState !== 'POLLING') return `the activity poller is ${activityPollerState.toLowerCase()}`;
  const reasons = await Promise.all([whyNotSeenPolling(options), whyNoSidecar(options)]);
  return reasons.find((reason) => reason !== undefined);
}

async function whyNotSeenPolling(options: PollerOptions): Promise<string | undefined> {
  try {
    const [workflow, activity] = await Promise.all([
      isSeenPolling(options, TASK_QUEUE_TYPE_WORKFLOW),
      isSeenPolling(options, TASK_QUEUE_TYPE_ACTIVITY),
    ]);
    if (workflow && activity) return undefined;
    return `the server has seen no recent poll for ${workflow ? 'activity' : 'workflow'} tasks`;
  } catch (error) {
    return `the Temporal server does not answer: ${(error as Error).message}`;
  }
}

async function whyNoSidecar({ checkSidecar }: PollerOptions): Promise<string | undefined> {
  try {
    await checkSidecar(CHECK_DEADLINE_MS);
    return undefined;
  } catch (error) {
    return `the Dapr sidecar does not answer: ${(error as Error).message}`;
  }
}

async function isSeenPolling(
  { connection, namespace, taskQueue, identity }: PollerOptions,
  taskQueueType: temporal.api.enums.v1.TaskQueueType,
): Promise<boolean> {
  const { pollers } = await connection.withDeadline(Date.now() + CHECK_DEADLINE_MS, () =>
    connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType }),
  );
  return pollers.some(
    (poller) => poller.identity === identity && Date.now() - Number(poller.lastAccessTime?.seconds ?? 0) * 1000 < RECENT_POLL_MS,
  );
}

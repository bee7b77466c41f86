import { tsToMs } from '@temporalio/common/lib/time.js';
import { temporal } from '@temporalio/proto';
import { polledWithinMs, type DeploymentTarget } from './deployment.js';

/** A task queue that a build has polled at some time. */
export interface PolledQueue {
  readonly name: string;
  readonly kind: 'workflow' | 'activity';
  /** Identities of the workers of this build that poll it now. */
  readonly pollers: readonly string[];
}

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = temporal.api.enums.v1.TaskQueueType;

/** The queues of a build in order of name, with who polls them as this build. */
export async function queuesOf(target: DeploymentTarget, buildId: string): Promise<PolledQueue[]> {
  const { client, deployment } = target;
  const since = Date.now() - polledWithinMs(target);
  const { namespace } = client.options;
  const deploymentVersion = { deploymentName: deployment, buildId };
  const { versionTaskQueues } = await client.workflowService.describeWorkerDeploymentVersion({ namespace, deploymentVersion });
  const queues = versionTaskQueues.flatMap(({ name, type }) => {
    if (!name || (type !== TASK_QUEUE_TYPE_WORKFLOW && type !== TASK_QUEUE_TYPE_ACTIVITY)) return [];
    const kind: PolledQueue['kind'] = type === TASK_QUEUE_TYPE_WORKFLOW ? 'workflow' : 'activity';
    return [{ name, kind, type }];
  });
  queues.sort((one, other) => (describe(one) < describe(other) ? -1 : 1));
  return Promise.all(
    queues.map(async ({ name, kind, type }) => {
      const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType: type });
      const own = pollers.filter((poller) => isOf(poller, deployment, buildId) && lastPoll(poller) >= since);
      return { name, kind, pollers: own.map(({ identity }) => identity ?? '') };
    }),
  );
}

/** Queues of a build that it does not poll now, and that it would get tasks of. */
export function unpolled(queues: readonly PolledQueue[], needed: readonly PolledQueue[] = queues): string[] {
  const isPolled = ({ name, kind }: PolledQueue): boolean =>
    queues.some((queue) => queue.name === name && queue.kind === kind && queue.pollers.length > 0);
  return [...new Set(needed.filter((queue) => !isPolled(queue)).map(describe))].sort();
}

function describe({ name, kind }: Pick<PolledQueue, 'name' | 'kind'>): string {
  return `${name} (${kind})`;
}

type Poller = temporal.api.taskqueue.v1.IPollerInfo;

function isOf({ deploymentOptions }: Poller, deployment: string, buildId: string): boolean {
  return deploymentOptions?.deploymentName === deployment && deploymentOptions.buildId === buildId;
}

function lastPoll({ lastAccessTime }: Poller): number {
  return lastAccessTime ? tsToMs(lastAccessTime) : 0;
}

import { isGrpcServiceError } from '@temporalio/client';
import { DEPLOYMENT_CHANGED, DEPLOYMENT_NOT_POLLED } from '../errors.js';
import { describeDeployment, polledWithinMs, versionOf, type Deployment, type DeploymentTarget } from '../versions/deployment.js';
import { queuesOf, unpolled } from '../versions/pollers.js';

const IDENTITY = 'tributary-deployment';

/**
 * Gives all new workflows to a build. Those that run stay where they are.
 * @returns build id that was current before
 * @throws CodedError DEPLOYMENT_UNKNOWN, DEPLOYMENT_BUILD_UNKNOWN, DEPLOYMENT_NOT_POLLED, DEPLOYMENT_CHANGED
 */
export async function makeCurrent(target: DeploymentTarget, buildId: string): Promise<string | undefined> {
  const deployment = await describeDeployment(target);
  await requirePolled(target, deployment, buildId);
  const { client } = target;
  await change(deployment, () =>
    client.workflowService.setWorkerDeploymentCurrentVersion({
      namespace: client.options.namespace,
      deploymentName: deployment.name,
      buildId,
      conflictToken: deployment.conflictToken,
      identity: IDENTITY,
    }),
  );
  return deployment.current;
}

/**
 * Gives a part of the new workflows to a build, chosen by their ids. With 0 percent the ramp ends.
 * @throws CodedError DEPLOYMENT_UNKNOWN, DEPLOYMENT_BUILD_UNKNOWN, DEPLOYMENT_NOT_POLLED, DEPLOYMENT_CHANGED
 */
export async function ramp(target: DeploymentTarget, buildId: string, percent: number): Promise<void> {
  const deployment = await describeDeployment(target);
  if (percent > 0) await requirePolled(target, deployment, buildId);
  const { client } = target;
  await change(deployment, () =>
    client.workflowService.setWorkerDeploymentRampingVersion({
      namespace: client.options.namespace,
      deploymentName: deployment.name,
      buildId: percent > 0 ? buildId : '',
      percentage: percent,
      conflictToken: deployment.conflictToken,
      identity: IDENTITY,
    }),
  );
}

/** Temporal itself asks only whether a build has ever polled the queues of the current one. */
async function requirePolled(target: DeploymentTarget, deployment: Deployment, buildId: string): Promise<void> {
  versionOf(deployment, buildId);
  const { current } = deployment;
  const queues = await queuesOf(target, buildId);
  const needed = current === undefined || current === buildId ? queues : [...queues, ...(await pollersOnly(target, current))];
  const missing = unpolled(queues, needed);
  if (queues.length > 0 && missing.length === 0) return;
  throw DEPLOYMENT_NOT_POLLED({
    buildId,
    deployment: deployment.name,
    queues: missing.join(', ') || 'any queue',
    seconds: polledWithinMs(target) / 1000,
  });
}

/** A queue that the current build has given up itself is needed by nobody. */
async function pollersOnly(target: DeploymentTarget, buildId: string) {
  return (await queuesOf(target, buildId)).filter(({ pollers }) => pollers.length > 0);
}

async function change(deployment: Deployment, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    throw DEPLOYMENT_CHANGED({ deployment: deployment.name, reason: error.details }, { cause: error });
  }
}

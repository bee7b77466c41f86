import type { WorkflowExecutionInfo } from '@temporalio/client';
import type { DeploymentTarget } from './deployment.js';

/** Workflows that run, and are pinned to a build. */
export async function countOpen({ client, deployment }: DeploymentTarget, buildId: string): Promise<number> {
  return (await client.workflow.count(pinnedTo(deployment, buildId))).count;
}

/** The same, one by one. */
export function listOpen({ client, deployment }: DeploymentTarget, buildId: string): AsyncIterable<WorkflowExecutionInfo> {
  return client.workflow.list({ query: pinnedTo(deployment, buildId), pageSize: 500 });
}

function pinnedTo(deployment: string, buildId: string): string {
  const version = `${deployment}:${buildId}`.replaceAll("'", "''");
  return `ExecutionStatus = 'Running' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND TemporalWorkerDeploymentVersion = '${version}'`;
}

import { isGrpcServiceError, type Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { DEPLOYMENT_BUILD_UNKNOWN, DEPLOYMENT_UNKNOWN } from '../errors.js';
import { statusName, type VersionStatus } from './status.js';

const NOT_FOUND = 5;

/** Worker Deployment of a namespace, and how to reach it. */
export interface DeploymentTarget {
  readonly client: Client;
  /** Address of the server, for messages. */
  readonly address: string;
  readonly deployment: string;
  /** How long after its last poll a worker counts as there, in milliseconds. @default 90,000: an idle one polls once a minute */
  readonly polledWithinMs?: number;
}

/** With its default. */
export function polledWithinMs({ polledWithinMs: given = 90_000 }: DeploymentTarget): number {
  return given;
}

/** One build of a deployment. */
export interface Version {
  readonly buildId: string;
  readonly status: VersionStatus;
  /** When its first worker polled. */
  readonly since: Date | undefined;
}

/** A deployment as Temporal knows it. */
export interface Deployment {
  readonly name: string;
  readonly current: string | undefined;
  readonly ramping: { readonly buildId: string; readonly percent: number } | undefined;
  /** Newest first. */
  readonly versions: readonly Version[];
  /** Changes with each change of it; a change that is made with an older one is refused. */
  readonly conflictToken: Uint8Array;
}

/** @throws CodedError DEPLOYMENT_UNKNOWN */
export async function describeDeployment(target: DeploymentTarget): Promise<Deployment> {
  const { client, deployment } = target;
  const { namespace } = client.options;
  try {
    const answer = await client.workflowService.describeWorkerDeployment({ namespace, deploymentName: deployment });
    return toDeployment(deployment, answer);
  } catch (error) {
    if (!isGrpcServiceError(error) || (error.code as number) !== NOT_FOUND) throw error;
    const known = await deploymentsOf(client);
    throw DEPLOYMENT_UNKNOWN({ namespace, address: target.address, deployment, known: known.join(', ') || 'none' }, { cause: error });
  }
}

/** @throws CodedError DEPLOYMENT_BUILD_UNKNOWN */
export function versionOf({ name, versions }: Deployment, buildId: string): Version {
  const version = versions.find((each) => each.buildId === buildId);
  if (version) return version;
  const known = versions.map((each) => `${each.buildId} (${each.status})`).join(', ');
  throw DEPLOYMENT_BUILD_UNKNOWN({ deployment: name, buildId, known: known || 'none' });
}

async function deploymentsOf({ workflowService, options }: Client): Promise<string[]> {
  const { workerDeployments } = await workflowService.listWorkerDeployments({ namespace: options.namespace, pageSize: 50 });
  return workerDeployments.map(({ name }) => name ?? '').sort();
}

function toDeployment(name: string, answer: temporal.api.workflowservice.v1.IDescribeWorkerDeploymentResponse): Deployment {
  const { versionSummaries, routingConfig } = answer.workerDeploymentInfo ?? {};
  const current = routingConfig?.currentDeploymentVersion?.buildId ?? undefined;
  const ramping = routingConfig?.rampingDeploymentVersion?.buildId ?? undefined;
  const percent = routingConfig?.rampingVersionPercentage ?? 0;
  const versions = (versionSummaries ?? []).map((summary): Version => {
    const seconds = summary.createTime?.seconds;
    return {
      buildId: summary.deploymentVersion?.buildId ?? '',
      status: statusName(summary.status),
      since: seconds ? new Date(Number(seconds) * 1000) : undefined,
    };
  });
  return {
    name,
    current,
    ramping: ramping === undefined ? undefined : { buildId: ramping, percent },
    versions: versions.sort((one, other) => Number(other.since ?? 0) - Number(one.since ?? 0)),
    conflictToken: answer.conflictToken ?? new Uint8Array(),
  };
}

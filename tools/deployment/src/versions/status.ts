import { temporal } from '@temporalio/proto';

const { WorkerDeploymentVersionStatus } = temporal.api.enums.v1;

/** `inactive` has never got workflows; `drained` has none left. */
export type VersionStatus = 'current' | 'ramping' | 'draining' | 'drained' | 'inactive' | 'unknown';

const NAMES = new Map<unknown, VersionStatus>([
  [WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT, 'current'],
  [WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING, 'ramping'],
  [WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING, 'draining'],
  [WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED, 'drained'],
  [WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE, 'inactive'],
]);

/** The word for a status of Temporal's. */
export function statusName(status: unknown): VersionStatus {
  return NAMES.get(status) ?? 'unknown';
}

export { shutdownBudget } from '@tributary/common/config';
export { activityInterceptors } from './activity-interceptors.js';
export { toApplicationFailure } from './application-failure.js';
export {
  HEALTH_SERVER_FAILED,
  WORKER_SIDECAR_UNREACHABLE,
  WORKER_DRAIN_TIMEOUT,
  WORKER_FAILED,
  WORKER_SHUTTING_DOWN,
  WORKFLOW_BUNDLE_MISSING,
} from './errors.js';
export { runAppWorker } from './run-app-worker.js';
export type { AppParts, AppWorkerOptions } from './run-app-worker.js';
export { runWorker } from './run-worker.js';
export type { RunWorkerOptions, WorkerParts } from './run-worker.js';
export { versioningOptions } from './worker-options.js';
export type { WorkerHostConfig } from './worker-options.js';

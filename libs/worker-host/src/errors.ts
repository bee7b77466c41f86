import { defineError } from '@tributary/common';

export const WORKER_SIDECAR_UNREACHABLE = defineError('WORKER_SIDECAR_UNREACHABLE', {
  recovery: 'fatal',
  status: 503,
  message: 'The Dapr sidecar was not ready within {timeoutMs} ms: {reason}',
  fix: 'Start daprd beside this worker and let DAPR_HTTP_PORT and DAPR_GRPC_PORT name its ports. If it is only slow to start, raise TRIBUTARY_SIDECAR_WAIT_MS.',
});

export const HEALTH_SERVER_FAILED = defineError('HEALTH_SERVER_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'Health and metrics cannot be served on {host}:{port}: {reason}.',
  fix: 'Set TRIBUTARY_HEALTH_PORT to a free port, or 0 for any, and TRIBUTARY_HEALTH_HOST to an address of this machine.',
});

export const WORKFLOW_BUNDLE_MISSING = defineError('WORKFLOW_BUNDLE_MISSING', {
  recovery: 'fatal',
  status: 500,
  message: 'There is no workflow bundle at {path}.',
  fix: 'Build it with `npx nx run {app}:bundle-workflows`, or let TRIBUTARY_WORKFLOW_BUNDLE name it.',
});

export const WORKER_FAILED = defineError('WORKER_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'The worker of task queue {taskQueue} failed: {reason}',
  fix: 'The log has the cause. Check that the namespace exists, that the credentials are still valid, and that the bundle was built with this version of the SDK; then start the worker again.',
});

export const WORKER_DRAIN_TIMEOUT = defineError('WORKER_DRAIN_TIMEOUT', {
  recovery: 'fatal',
  status: 500,
  message: 'The worker still had activities {graceMs} ms after it was told to stop, though they had been cancelled: they do not end, or the Temporal server does not take what they end with.',
  fix: 'Their work is retried elsewhere. Unless the server was away, find the activity that does not react to cancellation, or raise TRIBUTARY_SHUTDOWN_GRACE_MS together with the grace periods of sidecar and Pod.',
});

export const WORKER_SHUTTING_DOWN = defineError('WORKER_SHUTTING_DOWN', {
  recovery: 'retry',
  message: 'Activity {activity} was stopped because its worker shuts down.',
  fix: 'Nothing: another worker goes on from its last heartbeat.',
});

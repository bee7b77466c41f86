/**
 * How long each party of a Pod waits when it ends, in milliseconds. Each must outlast the one before it, or that one
 * is cut off: activities drain, then are cancelled and report their cursor; the worker ends; the sidecar, which the
 * activities still need, ends after it; only then may Kubernetes kill what is left.
 */
export const shutdownBudget = {
  /** Running activities may finish: default of TRIBUTARY_SHUTDOWN_GRACE_MS. */
  activityDrainMs: 20_000,
  /** The whole worker: the rest over the drain is for cancelled activities and the flush of telemetry. */
  workerGraceMs: 26_000,
  /** The sidecar keeps serving: `dapr.io/block-shutdown-duration`. */
  sidecarBlockMs: 30_000,
  /** Kubernetes waits: `terminationGracePeriodSeconds`. */
  podGraceMs: 40_000,
} as const;

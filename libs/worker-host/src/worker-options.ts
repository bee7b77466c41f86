import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { InjectedSinks, WorkerInterceptors, WorkerOptions } from '@temporalio/worker';
import type { Config, workerHostVariables, ConfigSchema } from '@tributary/common/config';
import type { Tracing } from '@tributary/clients/telemetry';

/** The part of an app's configuration that its worker host reads. */
export type WorkerHostConfig = Config<ConfigSchema<typeof workerHostVariables>>;

/** A name that no other worker bears, by which the server's list of pollers can be searched. */
export function workerIdentity(app: string): string {
  return `${app}/${process.pid}@${hostname()}/${randomUUID().slice(0, 8)}`;
}

/** How the time of a worker after the drain of its activities is spent, in milliseconds; the sum is what is left of its grace. */
export const endBudget = {
  /** Activities that were cancelled hand on their cursor. */
  cancelledMs: 3_000,
  /** A worker that has nothing left to do tells the server so. */
  farewellMs: 1_000,
  /** Connections, health server and telemetry are closed. */
  closeMs: 2_000,
} as const;

/** How the worker is tuned, for little memory rather than for many workflows at a time. */
export function tuningOptions(config: WorkerHostConfig) {
  const { shutdownGraceMs } = config;
  return {
    maxConcurrentActivityTaskExecutions: config.maxConcurrentActivities,
    maxCachedWorkflows: config.maxCachedWorkflows,
    maxConcurrentWorkflowTaskExecutions: 10,
    maxConcurrentWorkflowTaskPolls: 2,
    maxConcurrentActivityTaskPolls: 2,
    reuseV8Context: true,
    workflowThreadPoolSize: 1,
    // After kill -9 a workflow task waits this long for the dead worker before any other gets it.
    stickyQueueScheduleToStartTimeout: 5_000,
    // A heartbeat carries the resume cursor: what a killed worker has to do again is bounded by this.
    maxHeartbeatThrottleInterval: '1 second',
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs + endBudget.cancelledMs,
  } satisfies Partial<WorkerOptions>;
}

/**
 * Worker Versioning, where both its variables are set: each workflow stays on the build that it started on, so no build
 * replays what another has done. Live entities go on in the current build when they continue as new.
 */
export function versioningOptions({
  deploymentName,
  buildId,
}: Pick<WorkerHostConfig, 'deploymentName' | 'buildId'>): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (deploymentName === undefined || buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName, buildId },
      defaultVersioningBehavior: 'PINNED',
    },
  };
}

/**
 * Tracing of activities, and the sink through which workflows hand out their spans. Workflow bundles always trace,
 * so that histories do not depend on it; with tracing off their spans end here.
 */
export async function tracingOptions(
  tracing: Tracing | undefined,
): Promise<{ activity: NonNullable<WorkerInterceptors['activity']>; sinks: InjectedSinks<never> }> {
  if (!tracing) return { activity: [], sinks: { exporter: { export: { fn: () => undefined } } } as InjectedSinks<never> };
  const otel = await import('@temporalio/interceptors-opentelemetry-v2/lib/worker/index.js');
  return {
    activity: [
      (context) => ({
        inbound: new otel.OpenTelemetryActivityInboundInterceptor(context),
        outbound: new otel.OpenTelemetryActivityOutboundInterceptor(context),
      }),
    ],
    sinks: { exporter: otel.makeWorkflowExporter(tracing.spanProcessor, tracing.resource) } as InjectedSinks<never>,
  };
}

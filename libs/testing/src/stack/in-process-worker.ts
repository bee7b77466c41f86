import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { metrics } from '@tributary/clients/telemetry';
import { SecretScrubber } from '@tributary/common';
import type { TemporalServer } from '@tributary/dev/servers';
import { activityInterceptors } from '@tributary/worker-host';
import { buildWorkflowBundle } from './workflow-bundle.js';

export interface InProcessWorkerOptions {
  readonly temporal: TemporalServer;
  readonly taskQueue: string;
  /** Module whose exports are the workflows. */
  readonly workflowsPath: string;
  readonly activities: object;
}

/** A worker within the test's own process: with the bundle and the interceptors that a deployed one has. */
export async function startInProcessWorker(options: InProcessWorkerOptions): Promise<{ stop(): Promise<void> }> {
  installQuietRuntime();
  const { code } = await buildWorkflowBundle(options.workflowsPath);
  const connection = await NativeConnection.connect({ address: options.temporal.address });
  const worker = await Worker.create({
    connection,
    namespace: options.temporal.namespace,
    taskQueue: options.taskQueue,
    workflowBundle: { code },
    activities: options.activities,
    maxHeartbeatThrottleInterval: '100 milliseconds',
    interceptors: { activity: [activityInterceptors(new SecretScrubber(), metrics)] },
    sinks: { exporter: { export: { fn: () => undefined } } },
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

let installed = false;

/** One per process; the SDK's log of expected failures would drown the test's own output. */
function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}

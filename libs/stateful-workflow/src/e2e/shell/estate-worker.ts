import { resolve } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { withEncodedFailures } from '@tributary/clients/temporal';
import { metrics } from '@tributary/clients/telemetry';
import { SecretScrubber } from '@tributary/common';
import type { TemporalServer } from '@tributary/dev/servers';
import { buildWorkflowBundle, INTERCEPTOR_MODULES } from '@tributary/nx-plugin/bundle';
import { activityInterceptors } from '@tributary/worker-host';

const WORKSPACE = resolve(__dirname, '../../../../..');

let bundle: Promise<string> | undefined;
let installed = false;

/** The bundle of the test's workflows, made once. */
export function estateBundle(): Promise<string> {
  bundle ??= bundleOf(resolve(__dirname, 'workflows.ts'));
  return bundle;
}

export async function bundleOf(workflowsPath: string): Promise<string> {
  const interceptorModules = [...INTERCEPTOR_MODULES, '@tributary/stateful-workflow/workflow-interceptors'];
  return (await buildWorkflowBundle({ workflowsPath, workspaceRoot: WORKSPACE, interceptorModules })).code;
}

/** A worker of the test's own process. The SDK's log of expected failures would drown the test's output. */
export async function startEstateWorker(temporal: TemporalServer, taskQueue: string, activities: object, dataConverter?: DataConverter): Promise<{ stop(): Promise<void> }> {
  if (!installed) Runtime.install({ logger: new DefaultLogger('ERROR') });
  installed = true;
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    workflowBundle: { code: dataConverter ? withEncodedFailures(await estateBundle()) : await estateBundle() },
    ...(dataConverter && { dataConverter }),
    activities,
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

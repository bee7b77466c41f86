import { resolve } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { TemporalServer } from '@tributary/dev/servers';
import { buildWorkflowBundle, INTERCEPTOR_MODULES } from '@tributary/nx-plugin/bundle';
import { versioningOptions } from '@tributary/worker-host';

export const QUEUE = 'upgrades';
export const DEPLOYMENT = 'upgrade-worker';
const SINKS = { exporter: { export: { fn: () => undefined } } };

/** The bundle of a module beside this one. */
export async function bundleOf(module: string): Promise<string> {
  const { code } = await buildWorkflowBundle({
    workflowsPath: resolve(__dirname, `${module}.ts`),
    workspaceRoot: resolve(__dirname, '../../../..'),
    interceptorModules: INTERCEPTOR_MODULES,
    budgetBytes: 4_000_000,
  });
  return code;
}

export interface VersionedWorker {
  readonly buildId: string;
  stop(): Promise<void>;
}

let installed = false;

/** A worker of a build in the test's own process, versioned as a deployed one is. */
export async function startWorker(temporal: TemporalServer, buildId: string, code: string, activities: object, taskQueue: string): Promise<VersionedWorker> {
  if (!installed) Runtime.install({ logger: new DefaultLogger('ERROR') });
  installed = true;
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    workflowBundle: { code },
    activities,
    maxConcurrentActivityTaskExecutions: 400,
    // Fewer than there are workflows, so that many are replayed on the way.
    maxCachedWorkflows: 100,
    workflowThreadPoolSize: 1,
    ...versioningOptions({ deploymentName: DEPLOYMENT, buildId }),
    sinks: SINKS,
  });
  const running = worker.run();
  return {
    buildId,
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

/** Replays a history on a bundle. @throws DeterminismViolationError */
export async function replay(code: string, history: Parameters<typeof Worker.runReplayHistory>[1], workflowId: string): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: { code }, sinks: SINKS }, history, workflowId);
}

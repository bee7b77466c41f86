import { join } from 'node:path';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { TemporalServer } from '@tributary/dev/servers';
import { HIERARCHY_QUEUE } from '@tributary/stateful-hierarchy';

/** A worker that runs the real hierarchy, within the process of the test. */
export async function startHierarchyWorker(temporal: TemporalServer, activities: object): Promise<{ stop(): Promise<void> }> {
  const conditionNames = ['@tributary/source', 'webpack', 'import', 'require', 'node', 'default'];
  const nothing = (): void => undefined;
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: join(__dirname, '../../../../libs/stateful-hierarchy/src/workflows/index.ts'),
    workflowInterceptorModules: [join(__dirname, '../../../../libs/stateful-workflow/src/workflow/interceptors.ts')],
    logger: { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames } }),
  });
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({ connection, taskQueue: HIERARCHY_QUEUE, workflowBundle, activities, shutdownGraceTime: 0, shutdownForceTime: 1_000 });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

import { resolve } from 'node:path';
import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { buildWorkflowBundle } from '@tributary/nx-plugin/bundle';
import { HIERARCHY_QUEUE } from '@tributary/stateful-hierarchy';
import { createHierarchyActivities } from '@tributary/stateful-hierarchy/activities';

/** Runs the worker of the hierarchy until its parent goes away, and tells it of each load when Temporal scheduled it. */
async function main(address: string, token: string, host: string, cached: string): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { code } = await buildWorkflowBundle({
    workflowsPath: resolve(__dirname, 'hour-workflows.ts'),
    workspaceRoot: resolve(__dirname, '../../../..'),
    interceptorModules: ['@tributary/stateful-workflow/workflow-interceptors'],
  });
  const connection = await NativeConnection.connect({ address });
  const activities = createHierarchyActivities({
    secrets: new MemorySecretStore({ local: { catalog: { token, version: '1' } } }),
    events: new MemoryEventBus(),
    allowedHosts: [host],
    encrypted: false,
    searchAttributes: false,
  });
  const worker = await Worker.create({
    connection,
    taskQueue: HIERARCHY_QUEUE,
    workflowBundle: { code },
    activities,
    maxCachedWorkflows: Number(cached),
    interceptors: {
      activity: [
        () => ({
          inbound: {
            execute: (input, next) => {
              const { activityType, currentAttemptScheduledTimestampMs: at, workflowExecution } = Context.current().info;
              if (activityType === 'loadDataset') process.send?.([workflowExecution?.workflowId, at]);
              return next(input);
            },
          },
        }),
      ],
    },
  });
  process.once('disconnect', () => worker.shutdown());
  process.send?.('ready');
  await worker.run();
  await connection.close();
}

const [address = '', token = '', host = '', cached = ''] = process.argv.slice(2);
main(address, token, host, cached).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);

import { join } from 'node:path';
import { loadConfig } from '@tributary/common/config';
import { HIERARCHY_QUEUE } from '@tributary/stateful-hierarchy';
import { createHierarchyActivities } from '@tributary/stateful-hierarchy/activities';
import { runAppWorker } from '@tributary/worker-host';
import { configSchema } from './config.js';

async function main(): Promise<number> {
  const config = loadConfig(configSchema, process.env);
  return runAppWorker({
    name: configSchema.app,
    config,
    env: process.env,
    taskQueue: HIERARCHY_QUEUE,
    workflowBundle: join(__dirname, 'workflow-bundle.js'),
    compose: ({ dapr }) => ({
      activities: createHierarchyActivities({
        secrets: dapr.secrets,
        events: dapr.eventBus(config.pubsub),
        allowedHosts: config.allowedHosts.split(','),
        encrypted: config.payloadKeyId !== undefined,
        searchAttributes: config.searchAttributes,
      }),
    }),
  });
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

import { join } from 'node:path';
import { openObjectStore } from '@tributary/clients/object-store';
import { openPostgresCatalog } from '@tributary/clients/sql';
import { version } from '@tributary/common';
import { loadConfig } from '@tributary/common/config';
import { createSqlMetadataActivities } from '@tributary/sql-metadata/activities';
import { runAppWorker } from '@tributary/worker-host';
import { SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import { configSchema } from './config.js';

async function main(): Promise<number> {
  const config = loadConfig(configSchema, process.env);
  return runAppWorker({
    name: configSchema.app,
    config,
    env: process.env,
    taskQueue: SQL_METADATA_QUEUE,
    workflowBundle: join(__dirname, 'workflow-bundle.js'),
    compose: ({ dapr, scrubber }) => ({
      activities: createSqlMetadataActivities({
        secrets: dapr.secrets,
        state: dapr.stateStore(config.stateStore),
        events: dapr.eventBus(config.pubsub),
        objects: openObjectStore(config.objectStoreUrl, { dapr, s3: config }),
        openCatalog: (options) => openPostgresCatalog({ ...options, scrubber }),
        toolVersion: version,
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

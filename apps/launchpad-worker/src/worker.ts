import { join } from 'node:path';
import type { SecretStore } from '@tributary/clients';
import type { LaunchpadCredentials } from '@tributary/clients/launchpad';
import { openObjectStore } from '@tributary/clients/object-store';
import type { SecretRef } from '@tributary/common';
import { loadConfig } from '@tributary/common/config';
import { createLaunchpadActivities } from '@tributary/launchpad/activities';
import { runAppWorker } from '@tributary/worker-host';
import { LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import { configSchema } from './config.js';
import { openConfiguredDatabase } from './event-database.js';

/** Runs the worker until it is told to stop. @returns exit code of the process */
export async function runLaunchpadWorker(env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(configSchema, env);
  const { credentials } = config;
  return runAppWorker({
    name: configSchema.app,
    config,
    env,
    taskQueue: LAUNCHPAD_QUEUE,
    workflowBundle: join(__dirname, 'workflow-bundle.js'),
    compose: async ({ dapr, scrubber }) => {
      const database = await openConfiguredDatabase(config, { secrets: dapr.secrets, scrubber });
      await database.prepare({ migrate: config.migrateEvents });
      return {
        activities: createLaunchpadActivities({
          launchpad: {
            configuredServiceRoot: config.serviceRoot,
            applicationName: config.applicationName,
            maxRequests: config.maxRequests,
            ...(credentials && { credentials: (signal) => readCredentials(dapr.secrets, credentials, signal) }),
          },
          database,
          identities: database.identities,
          objects: openObjectStore(config.objectStoreUrl, { dapr, s3: config }),
          scrubber,
          lanes: config.lanes,
          heartbeatTimeoutMs: config.heartbeatTimeoutMs,
        }),
        close: () => database.close(),
      };
    },
  });
}

async function readCredentials(secrets: SecretStore, reference: SecretRef, signal: AbortSignal): Promise<LaunchpadCredentials> {
  const [accessToken, accessSecret] = await Promise.all([
    secrets.resolve(`${reference}#access_token`, { signal }),
    secrets.resolve(`${reference}#access_secret`, { signal }),
  ]);
  return { accessToken, accessSecret };
}

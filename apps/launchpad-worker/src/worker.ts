import { join } from 'node:path';
import type { SecretStore } from '@tributary/clients';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import type { LaunchpadCredentials } from '@tributary/clients/launchpad';
import { openObjectStore } from '@tributary/clients/object-store';
import { startTelemetry } from '@tributary/clients/telemetry';
import { loadDataConverter, temporalSettings } from '@tributary/clients/temporal';
import { connectWorker } from '@tributary/clients/temporal-worker';
import { SecretScrubber, version, type SecretRef } from '@tributary/common';
import { loadConfig } from '@tributary/common/config';
import { createLogger } from '@tributary/common/logging';
import { createLaunchpadActivities } from '@tributary/launchpad/activities';
import { runWorker } from '@tributary/worker-host';
import { LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import { configSchema } from './config.js';
import { openConfiguredDatabase } from './event-database.js';

/** Runs the worker until it is told to stop. @returns exit code of the process */
export async function runLaunchpadWorker(env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(configSchema, env);
  const { app: name } = configSchema;
  const scrubber = new SecretScrubber();
  const logger = createLogger({ name, level: config.logLevel, scrubber });
  const settings = temporalSettings(env);
  const dapr = new DaprSidecarClient({
    grpcPort: config.daprGrpcPort,
    httpPort: config.daprHttpPort,
    ...(config.daprApiToken && { apiToken: config.daprApiToken }),
    secretListener: scrubber,
  });
  const { credentials } = config;
  const telemetry = await startTelemetry({ serviceName: name, serviceVersion: version, otlpEndpoint: config.otlpEndpoint, scrubber });

  return runWorker({
    name,
    version,
    taskQueue: LAUNCHPAD_QUEUE,
    config,
    logger,
    scrubber,
    telemetry,
    workflowBundle: join(__dirname, 'workflow-bundle.js'),
    waitForSidecar: (timeoutMs, signal) => dapr.waitUntilReady(timeoutMs, { signal }),
    prepare: async () => {
      const database = await openConfiguredDatabase(config, { secrets: dapr.secrets, scrubber });
      await database.prepare({ migrate: config.migrateEvents });
      return {
        connection: await connectWorker(settings),
        namespace: settings.namespace,
        dataConverter: await loadDataConverter(config, dapr.secrets),
        activities: createLaunchpadActivities({
          launchpad: {
            configuredServiceRoot: config.serviceRoot,
            applicationName: config.applicationName,
            maxRequests: config.maxRequests,
            ...(credentials && { credentials: (signal) => readCredentials(dapr.secrets, credentials, signal) }),
          },
          database,
          identities: database.identities,
          objects: openObjectStore(config.objectStoreUrl, { dapr }),
          scrubber,
          lanes: config.lanes,
          heartbeatTimeoutMs: config.heartbeatTimeoutMs,
        }),
        close: async () => {
          await database.close();
          dapr.close();
        },
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

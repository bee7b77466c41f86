import { join } from 'node:path';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import { startTelemetry } from '@tributary/clients/telemetry';
import { loadDataConverter, temporalSettings } from '@tributary/clients/temporal';
import { connectWorker } from '@tributary/clients/temporal-worker';
import { SecretScrubber, version } from '@tributary/common';
import { loadConfig } from '@tributary/common/config';
import { createLogger } from '@tributary/common/logging';
import { HIERARCHY_QUEUE } from '@tributary/stateful-hierarchy';
import { createHierarchyActivities } from '@tributary/stateful-hierarchy/activities';
import { runWorker } from '@tributary/worker-host';
import { configSchema } from './config.js';

async function main(): Promise<number> {
  const config = loadConfig(configSchema, process.env);
  const { app: name } = configSchema;
  const scrubber = new SecretScrubber();
  const logger = createLogger({ name, level: config.logLevel, scrubber });
  const settings = temporalSettings(process.env);
  const dapr = new DaprSidecarClient({
    grpcPort: config.daprGrpcPort,
    httpPort: config.daprHttpPort,
    ...(config.daprApiToken && { apiToken: config.daprApiToken }),
    secretListener: scrubber,
  });
  const telemetry = await startTelemetry({ serviceName: name, serviceVersion: version, otlpEndpoint: config.otlpEndpoint, scrubber });

  return runWorker({
    name,
    version,
    taskQueue: HIERARCHY_QUEUE,
    config,
    logger,
    scrubber,
    telemetry,
    workflowBundle: join(__dirname, 'workflow-bundle.js'),
    waitForSidecar: (timeoutMs, signal) => dapr.waitUntilReady(timeoutMs, { signal }),
    prepare: async () => ({
      connection: await connectWorker(settings),
      namespace: settings.namespace,
      dataConverter: await loadDataConverter(config, dapr.secrets),
      activities: createHierarchyActivities({
        secrets: dapr.secrets,
        events: dapr.eventBus(config.pubsub),
        allowedHosts: config.allowedHosts.split(','),
        encrypted: config.payloadKeyId !== undefined,
        searchAttributes: config.searchAttributes,
      }),
      close: () => {
        dapr.close();
        return Promise.resolve();
      },
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

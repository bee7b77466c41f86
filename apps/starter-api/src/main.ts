import { DaprSidecarClient } from '@tributary/clients/dapr';
import { openObjectStore } from '@tributary/clients/object-store';
import { metrics, startTelemetry } from '@tributary/clients/telemetry';
import { connectClient, loadDataConverter, temporalSettings } from '@tributary/clients/temporal';
import { isCodedError, SecretScrubber, version } from '@tributary/common';
import { loadConfig } from '@tributary/common/config';
import { createLogger } from '@tributary/common/logging';
import { buildApi } from './app.js';
import { openAccess } from './auth/access-control.js';
import { configSchema } from './config.js';
import { serve, SIGNALS } from './serve.js';
import { findSites } from './static/sites.js';

/** The API may come up before Temporal does, in milliseconds. */
const CONNECT_TIMEOUT_MS = 60_000;

/** The sidecar is waited for only where something is kept behind it, in milliseconds. */
const SIDECAR_TIMEOUT_MS = 60_000;

async function main(): Promise<void> {
  const leave = endOnSignal();
  const config = loadConfig(configSchema, process.env);
  const { app: name } = configSchema;
  const scrubber = new SecretScrubber();
  if (config.temporalApiKey) scrubber.add(config.temporalApiKey);
  const access = await openAccess(config, scrubber, (key) => process.stderr.write(`${developmentNotice(key)}\n`));
  const log = createLogger({ name, level: config.logLevel, scrubber });
  const telemetry = await startTelemetry({ serviceName: name, serviceVersion: version, otlpEndpoint: config.otlpEndpoint, scrubber });
  const dapr = new DaprSidecarClient({
    grpcPort: config.daprGrpcPort,
    httpPort: config.daprHttpPort,
    ...(config.daprApiToken && { apiToken: config.daprApiToken }),
    secretListener: scrubber,
  });
  const needsSidecar = config.payloadKeys !== undefined || config.s3Credentials !== undefined || config.objectStoreUrl.startsWith('dapr:');
  if (needsSidecar) await dapr.waitUntilReady(SIDECAR_TIMEOUT_MS);
  metrics.collectProcess();
  metrics.describeBuild({ app: name, version, buildId: config.buildId });
  const client = await connectClient(temporalSettings(process.env), {
    timeoutMs: CONNECT_TIMEOUT_MS,
    dataConverter: await loadDataConverter(config, dapr.secrets),
  });
  const app = await buildApi({
    client,
    objects: openObjectStore(config.objectStoreUrl, { dapr, s3: config }),
    state: dapr.stateStore(config.stateStore),
    events: { bus: dapr.eventBus(config.pubsub), pubsub: config.pubsub, topics: config.eventTopics?.split(',') ?? [] },
    log,
    scrubber,
    metrics,
    limits: config,
    access,
    host: config.apiHost,
    temporalUiUrl: config.temporalUiUrl,
    codecServer: config.codecServer,
    developmentSecretsFile: config.developmentSecretsFile,
    sites: findSites(config, __dirname),
    version,
  });
  leave.stopListening();
  await serve({
    app,
    host: config.apiHost,
    port: config.apiPort,
    log,
    close: async () => {
      await client.close();
      dapr.close();
      await telemetry.shutdown();
    },
  });
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${whyEnded(error)}\n`);
    process.exit(1);
  },
);

/** While it starts nothing has to end in order; but without a listener the first process of a container ignores signals. */
function endOnSignal(): { stopListening(): void } {
  const end = (): void => process.exit(0);
  for (const signal of SIGNALS) process.once(signal, end);
  return {
    stopListening: () => {
      for (const signal of SIGNALS) process.off(signal, end);
    },
  };
}

/** The one time that the key of this process is told: to whoever sees its terminal, and to no log. */
function developmentNotice(key: string): string {
  return `No API key or token issuer is configured. As this API listens on this machine alone, it has made a key of role admin, for as long as it runs:\n${key}`;
}

/** What is wrong and what to do; of an unforeseen error where it comes from, too. */
function whyEnded(error: unknown): string {
  if (isCodedError(error)) return `${error.code}: ${error.message} ${error.fix}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

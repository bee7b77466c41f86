import { DaprSidecarClient } from '@tributary/clients/dapr';
import { startTelemetry } from '@tributary/clients/telemetry';
import { loadDataConverter, temporalSettings } from '@tributary/clients/temporal';
import { connectWorker } from '@tributary/clients/temporal-worker';
import { SecretScrubber, version } from '@tributary/common';
import type { Config, ConfigSchema, daprVariables, encryptionVariables, loggingVariables, telemetryVariables, workerHostVariables } from '@tributary/common/config';
import { createLogger } from '@tributary/common/logging';
import { runWorker } from './run-worker.js';

type AppVariables = typeof daprVariables & typeof encryptionVariables & typeof loggingVariables & typeof telemetryVariables & typeof workerHostVariables;

/** What an app adds to its worker. */
export interface AppParts {
  /** Activity functions by type. */
  readonly activities: object;
  /** Closes what the activities use. */
  close?(): Promise<void>;
}

export interface AppWorkerOptions {
  /** Name of the app. */
  readonly name: string;
  readonly config: Config<ConfigSchema<AppVariables>>;
  /** Says where Temporal is. */
  readonly env: NodeJS.ProcessEnv;
  readonly taskQueue: string;
  /** Path of the workflow bundle, where the configuration names none. */
  readonly workflowBundle: string;
  /** Makes the activities on what the sidecar gives; called when the sidecar is ready. */
  readonly compose: (place: { readonly dapr: DaprSidecarClient; readonly scrubber: SecretScrubber }) => AppParts | Promise<AppParts>;
}

/**
 * Runs the worker of an app beside its sidecar: with logs, traces, payload encryption and connections as its
 * configuration has them.
 * @returns exit code of the process, as `runWorker`
 */
export async function runAppWorker({ name, config, env, taskQueue, workflowBundle, compose }: AppWorkerOptions): Promise<number> {
  const scrubber = new SecretScrubber();
  const logger = createLogger({ name, level: config.logLevel, scrubber });
  const settings = temporalSettings(env);
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
    taskQueue,
    config,
    logger,
    scrubber,
    telemetry,
    workflowBundle,
    waitForSidecar: (timeoutMs, signal) => dapr.waitUntilReady(timeoutMs, { signal }),
    prepare: async () => {
      const parts = await compose({ dapr, scrubber });
      return {
        connection: await connectWorker(settings),
        namespace: settings.namespace,
        dataConverter: await loadDataConverter(config, dapr.secrets),
        activities: parts.activities,
        close: async () => {
          await parts.close?.();
          dapr.close();
        },
      };
    },
  });
}

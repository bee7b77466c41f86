import { DaprSidecarClient } from '@tributary/clients/dapr';
import { SecretScrubber } from '@tributary/common';
import { loadConfig } from '@tributary/common/config';
import type { OpenEventDatabase } from '@tributary/etl/store';
import { databaseCommandSchema } from '../config.js';
import { openConfiguredDatabase } from '../event-database.js';

/** Runs a command on the events database: waits for the sidecar, which has the password, and closes both afterwards. */
export async function withDatabase<T>(env: NodeJS.ProcessEnv, work: (database: OpenEventDatabase) => Promise<T>): Promise<T> {
  const config = loadConfig(databaseCommandSchema, env);
  const scrubber = new SecretScrubber();
  const dapr = new DaprSidecarClient({
    grpcPort: config.daprGrpcPort,
    httpPort: config.daprHttpPort,
    ...(config.daprApiToken && { apiToken: config.daprApiToken }),
    secretListener: scrubber,
  });
  try {
    await dapr.waitUntilReady(config.sidecarWaitMs);
    const database = await openConfiguredDatabase(config, { secrets: dapr.secrets, scrubber });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    dapr.close();
  }
}

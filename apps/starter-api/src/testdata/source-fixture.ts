import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MemoryEventBus } from '@tributary/clients/memory';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import { openObjectStore } from '@tributary/clients/object-store';
import { openPostgresCatalog } from '@tributary/clients/sql';
import { Metrics } from '@tributary/clients/telemetry';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { SecretScrubber } from '@tributary/common';
import { createLogger } from '@tributary/common/logging';
import { createSqlMetadataActivities } from '@tributary/sql-metadata/activities';
import { installSample, SAMPLE_READER } from '@tributary/testing/sql-sample';
import { startInProcessWorker, startTestStack, type TestStack } from '@tributary/testing/stack';
import { SQL_METADATA_QUEUE, type SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { buildApi } from '../app.js';
import { testAccess } from './access.js';
import { CheckedClient } from './checked-client.js';

/** The API and the real workflows of SQL sources, over the sample database, a real sidecar and a real Temporal. */
export interface SourceFixture {
  readonly stack: TestStack;
  readonly client: ConnectedClient;
  readonly http: CheckedClient;
  readonly url: string;
  /** Lines that the API has logged. */
  readonly lines: string[];
  /** The reader's password, and the one that a secret wrongly holds. */
  readonly passwords: { readonly right: string; readonly wrong: string };
  /** The sample as its reader sees it; the secret `wrong` holds another password. */
  source(more?: Partial<SqlSource>): SqlSource;
  startWorker(): Promise<{ stop(): Promise<void> }>;
  stop(): Promise<void>;
}

const WORKFLOWS = resolve(__dirname, '../../../../libs/sql-metadata/src/workflows/index.ts');

export async function startSourceFixture(): Promise<SourceFixture> {
  const passwords = { right: randomBytes(12).toString('hex'), wrong: randomBytes(12).toString('hex') };
  const secrets = { reader: { password: passwords.right }, wrong: { password: passwords.wrong } };
  const stack = await startTestStack({ appId: 'sql-metadata-worker', secrets });
  const { postgres, temporal, daprd } = stack;
  await installSample(postgres.url, { readerPassword: passwords.right });
  const dapr = new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
  const client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
  const objects = openObjectStore(pathToFileURL(stack.objects).href);
  const state = dapr.stateStore('state');
  const scrubber = new SecretScrubber();
  const lines: string[] = [];
  const app = await buildApi({
    client,
    objects,
    state,
    log: createLogger({ name: 'starter-api', level: 'debug', scrubber, destination: { write: (line) => void lines.push(line) } }),
    scrubber,
    metrics: new Metrics(),
    limits: { rateLimit: 100_000, maxRequests: 100, maxStreams: 10 },
    access: testAccess,
    host: '127.0.0.1',
    temporalUiUrl: 'http://127.0.0.1:8233/',
    version: '1.2.3',
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const workers: { stop(): Promise<void> }[] = [];
  const activities = createSqlMetadataActivities({ secrets: dapr.secrets, state, events: new MemoryEventBus(), objects, openCatalog: openPostgresCatalog, toolVersion: 'test' });

  return {
    stack,
    client,
    http: await CheckedClient.of(url),
    url,
    lines,
    passwords,
    source: (more = {}) => ({
      type: 'postgres',
      host: postgres.host,
      port: postgres.port,
      user: SAMPLE_READER,
      password: 'secret://local/reader#password',
      database: postgres.database,
      ...more,
    }),
    async startWorker() {
      const worker = await startInProcessWorker({ temporal, taskQueue: SQL_METADATA_QUEUE, workflowsPath: WORKFLOWS, activities });
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> => (stopped ??= worker.stop());
      workers.push({ stop });
      return { stop };
    },
    async stop() {
      await app.close();
      for (const worker of workers) await worker.stop();
      await client.close();
      dapr.close();
      await stack.stop();
    },
  };
}

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MemoryEventBus } from '@tributary/clients/memory';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import { openPostgresCatalog } from '@tributary/clients/sql';
import type { ConnectedClient } from '@tributary/clients/temporal';
import { startDaprd, startPostgres } from '@tributary/dev/servers';
import { createSqlMetadataActivities } from '@tributary/sql-metadata/activities';
import { installSample, SAMPLE_READER } from '@tributary/testing/sql-sample';
import { startInProcessWorker } from '@tributary/testing/stack';
import { SQL_METADATA_QUEUE, type SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { CheckedClient } from './checked-client.js';
import { startFixture } from './fixture.js';

/** The API and the real workflows of SQL sources, over the sample database, a real sidecar and a real Temporal. */
export interface SourceFixture {
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
  const [fixture, postgres] = await Promise.all([startFixture(), startPostgres()]);
  const { temporal, client, objects, folder } = fixture;
  await installSample(postgres.url, { readerPassword: passwords.right });
  const secretsFile = join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify({ reader: { password: passwords.right }, wrong: { password: passwords.wrong } }), { mode: 0o600 });
  const daprd = await startDaprd({
    appId: 'sql-metadata-worker',
    components: [
      component('local', 'secretstores.local.file', 'v1', { secretsFile, multiValued: 'true' }),
      component('state', 'state.postgresql', 'v2', { connectionString: postgres.url, tablePrefix: 'dapr_' }),
    ],
  });
  const dapr = new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
  const state = dapr.stateStore('state');
  const { url, lines } = await fixture.startApi({ state });
  const workers: { stop(): Promise<void> }[] = [];
  const activities = createSqlMetadataActivities({ secrets: dapr.secrets, state, events: new MemoryEventBus(), objects, openCatalog: openPostgresCatalog, toolVersion: 'test' });

  return {
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
      for (const worker of workers) await worker.stop();
      dapr.close();
      await daprd.stop();
      await fixture.stop();
      await postgres.stop();
    },
  };
}

function component(name: string, type: string, version: string, metadata: Readonly<Record<string, string>>): object {
  const pairs = Object.entries(metadata).map(([key, value]) => ({ name: key, value }));
  return { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { type, version, metadata: pairs } };
}

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import { openPostgresCatalog } from '@tributary/clients/sql';
import { Secret } from '@tributary/common';
import { ManagedProcess } from '@tributary/dev/process';
import { freePorts, startDaprd, startPostgres } from '@tributary/dev/servers';
import { SourceRegistry } from '@tributary/etl';
import { createEtlActivities } from '@tributary/etl/activities';
import { openEventDatabase } from '@tributary/etl/store';
import { createSqlMetadataActivities } from '@tributary/sql-metadata/activities';
import { createHierarchyActivities } from '@tributary/stateful-hierarchy/activities';
import { startCatalogApi } from '@tributary/testing/catalog-api';
import { installSample, SAMPLE_READER } from '@tributary/testing/sql-sample';
import { startInProcessWorker } from '@tributary/testing/stack';
import { LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE, type SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { TEST_APP_TOKEN, TEST_KEY_ENTRIES } from '../access.js';
import { inputFor, startFixture } from '../fixture.js';
import { startHierarchyWorker } from '../hierarchy-worker.js';

/** The API as a process of its own with all that it asks: Temporal, a sidecar, and the real worker of every queue. */
export interface FuzzStack {
  readonly url: string;
  /** What the API has logged. */
  readonly logFile: string;
  /** The sample database, as its reader sees it. */
  readonly source: SqlSource;
  /** Top of a tree of entities. */
  readonly catalog: { readonly url: string; readonly token: string; readonly source: { readonly id: string; readonly name: string } };
  /** Starts a run that nobody works on, and that so goes on until it is ended. */
  startIdleRun(): Promise<{ workflowId: string; runId: string }>;
  stop(): Promise<void>;
}

const WORKSPACE = resolve(__dirname, '../../../../..');
const FROM_SOURCE = ['--conditions=@tributary/source', '--import', 'tsx', join(__dirname, '../../main.ts')];
const BUILT = [join(__dirname, '../../../dist/main.js')];
const READY_MS = 60_000;
const NO_LIMIT = '1000000';

/** @param built whether `dist/main.js` is started, in place of the source */
export async function startFuzzStack({ built }: { built: boolean }): Promise<FuzzStack> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const fixture = await startFixture();
    ends.push(() => fixture.stop());
    const postgres = await startPostgres();
    ends.push(() => postgres.stop());
    const readerPassword = 'known to tests alone';
    await installSample(postgres.url, { readerPassword });
    const secretsFile = join(fixture.folder, 'secrets.json');
    await writeFile(secretsFile, JSON.stringify({ warehouse: { password: readerPassword } }), { mode: 0o600 });
    const daprd = await startDaprd({
      appId: 'starter-api',
      components: [
        component('local', 'secretstores.local.file', 'v1', { secretsFile, multiValued: 'true' }),
        component('state', 'state.postgresql', 'v2', { connectionString: postgres.url, tablePrefix: 'dapr_' }),
        component('events', 'pubsub.in-memory', 'v1', {}),
      ],
    });
    ends.push(() => daprd.stop());
    const dapr = new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
    ends.push(async () => dapr.close());

    const sql = createSqlMetadataActivities({
      secrets: dapr.secrets,
      state: dapr.stateStore('state'),
      events: new MemoryEventBus(),
      objects: fixture.objects,
      // Whatever host a body names: nothing but the sample is asked.
      openCatalog: (options) => openPostgresCatalog({ ...options, host: postgres.host, port: postgres.port }),
      toolVersion: 'test',
    });
    const { user, host, port, database: name, password } = postgres;
    const database = openEventDatabase({
      url: `postgres://${user}@${host}:${String(port)}/${name}`,
      password: new Secret(password),
      identityKey: new Secret('a key that only tests have, 32 bytes'),
    });
    ends.push(() => database.close());
    await database.prepare({ migrate: true });
    const etl = createEtlActivities({ registry: new SourceRegistry([]), database, identities: database.identities, objects: fixture.objects });
    const catalog = await startCatalogApi({ world: { sources: 1, datasets: 3 } });
    ends.push(() => catalog.stop());
    const { token } = catalog.generations;
    const hierarchy = createHierarchyActivities({
      secrets: new MemorySecretStore({ local: { catalog: { token } } }),
      events: new MemoryEventBus(),
      allowedHosts: [new URL(catalog.url).host],
      encrypted: false,
      searchAttributes: false,
    });
    const { temporal } = fixture;
    for (const worker of [
      await startInProcessWorker({ temporal, taskQueue: SQL_METADATA_QUEUE, workflowsPath: workflowsOf('sql-metadata'), activities: sql }),
      await startInProcessWorker({ temporal, taskQueue: LAUNCHPAD_QUEUE, workflowsPath: workflowsOf('etl'), activities: etl }),
      await startHierarchyWorker(temporal, hierarchy),
    ]) {
      ends.push(() => worker.stop());
    }

    const [apiPort = 0] = await freePorts(1);
    const url = `http://127.0.0.1:${apiPort}`;
    const development = join(fixture.folder, 'development');
    await mkdir(development);
    const api = await ManagedProcess.start({
      name: 'starter-api',
      command: process.execPath,
      args: built ? BUILT : FROM_SOURCE,
      env: {
        PATH: process.env['PATH'] ?? '',
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        DAPR_GRPC_PORT: String(daprd.grpcPort),
        DAPR_HTTP_PORT: String(daprd.httpPort),
        APP_API_TOKEN: TEST_APP_TOKEN,
        TRIBUTARY_OBJECT_STORE_URL: pathToFileURL(fixture.folder).href,
        TRIBUTARY_API_PORT: String(apiPort),
        TRIBUTARY_API_KEYS: TEST_KEY_ENTRIES,
        TRIBUTARY_API_RATE_LIMIT: NO_LIMIT,
        TRIBUTARY_API_SIGN_IN_LIMIT: NO_LIMIT,
        TRIBUTARY_EVENT_TOPICS: 'changes',
        TRIBUTARY_DEVELOPMENT_SECRETS_FILE: join(development, 'secrets.json'),
      },
      logFile: join(fixture.folder, 'starter-api.log'),
    });
    ends.push(() => api.stop());
    await api.ready(async () => (await fetch(`${url}/readyz`)).status === 200, READY_MS);
    const [source] = catalog.catalog.sources.values();
    if (!source) throw new Error('the catalog has a source');
    return {
      url,
      logFile: api.logFile,
      source: { type: 'postgres', host, port, user: SAMPLE_READER, password: 'secret://local/warehouse#password', database: name },
      catalog: { url: catalog.url, token: 'secret://local/catalog#token', source: { id: source.id, name: source.name } },
      startIdleRun: async () => {
        const workflowId = `extract-sql-metadata~idle~${randomUUID()}`;
        const { firstExecutionRunId: runId } = await fixture.client.workflow.start(EXTRACT_SQL_METADATA, { workflowId, taskQueue: 'nobody', args: [inputFor('wait', 'idle')] });
        return { workflowId, runId };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function workflowsOf(lib: string): string {
  return join(WORKSPACE, 'libs', lib, 'src/workflows/index.ts');
}

function component(name: string, type: string, version: string, metadata: Readonly<Record<string, string>>): object {
  const pairs = Object.entries(metadata).map(([key, value]) => ({ name: key, value }));
  return { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { type, version, metadata: pairs } };
}

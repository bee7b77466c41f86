import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { ObjectStore } from '@tributary/clients';
import { MemoryEventBus, MemoryStateStore } from '@tributary/clients/memory';
import { openObjectStore } from '@tributary/clients/object-store';
import { Metrics } from '@tributary/clients/telemetry';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { SecretScrubber } from '@tributary/common';
import { createLogger } from '@tributary/common/logging';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { RUN_SEARCH_ATTRIBUTES } from '@tributary/workflow-contracts';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { buildApi, type ApiDependencies } from '../app.js';
import { bearer, TEST_KEYS, testAccess } from './access.js';
import { createActivities } from './activities.js';

/** The API over a real Temporal server and a file object store, with a worker that stands in for the real one. */
export interface Fixture {
  readonly temporal: TemporalServer;
  readonly client: ConnectedClient;
  readonly objects: ObjectStore;
  readonly folder: string;
  readonly scrubber: SecretScrubber;
  /** Starts another API over the same servers. */
  startApi(overrides?: Partial<ApiDependencies>): Promise<ApiUnderTest>;
  startWorker(): Promise<{ stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export interface ApiUnderTest {
  readonly url: string;
  /** Lines that it has logged. */
  readonly lines: string[];
  /** A key of role admin; `TEST_KEYS` has those of other roles. */
  readonly key: string;
  /** Fetches a path of the API with that key, or with what `init` has in its place. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function startFixture(dataConverter?: DataConverter): Promise<Fixture> {
  const converting = dataConverter ? { dataConverter } : {};
  const folder = await mkdtemp(join(tmpdir(), 'starter-api-'));
  const temporal = await startTemporal({ searchAttributes: RUN_SEARCH_ATTRIBUTES });
  const client = await connectClient({ address: temporal.address, namespace: temporal.namespace }, converting);
  const objects = openObjectStore(pathToFileURL(folder).href);
  const scrubber = new SecretScrubber();
  const apis: ApiUnderTest[] = [];
  const workers: { stop(): Promise<void> }[] = [];
  let bundle: WorkflowBundle | undefined;

  return {
    temporal,
    client,
    objects,
    folder,
    scrubber,
    async startApi(overrides = {}) {
      const lines: string[] = [];
      const log = createLogger({ name: 'starter-api', level: 'debug', scrubber, destination: { write: (line) => void lines.push(line) } });
      const app = await buildApi({
        client,
        objects,
        state: new MemoryStateStore(),
        events: { bus: new MemoryEventBus(), pubsub: 'events', topics: [] },
        log,
        scrubber,
        metrics: new Metrics(),
        limits: { rateLimit: 100_000, maxRequests: 100, maxStreams: 10 },
        access: testAccess,
        host: '127.0.0.1',
        temporalUiUrl: 'http://127.0.0.1:8233/',
        version: '1.2.3',
        ...overrides,
      });
      const url = await app.listen({ host: '127.0.0.1', port: 0 });
      const api: ApiUnderTest = {
        url,
        lines,
        key: TEST_KEYS.admin,
        fetch: (path, init) => fetch(`${url}${path}`, { ...init, headers: { ...bearer(), ...(init?.headers as Record<string, string> | undefined) } }),
        close: async () => app.close(),
      };
      apis.push(api);
      return api;
    },
    async startWorker() {
      installQuietRuntime();
      bundle ??= await bundleWorkflows();
      const connection = await NativeConnection.connect({ address: temporal.address });
      const running = ['sql-metadata', 'launchpad'].map(async (taskQueue) =>
        Worker.create({
          connection,
          ...converting,
          taskQueue,
          workflowBundle: bundle as WorkflowBundle,
          activities: createActivities(objects),
          shutdownGraceTime: 0,
          shutdownForceTime: 1_000,
        }),
      );
      const queues = await Promise.all(running);
      const run = Promise.all(queues.map((worker) => worker.run()));
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> =>
        (stopped ??= (async () => {
          for (const worker of queues) worker.shutdown();
          await run;
          await connection.close();
        })());
      workers.push({ stop });
      return { stop };
    },
    async stop() {
      for (const api of apis) await api.close();
      for (const worker of workers) await worker.stop();
      await client.close();
      await temporal.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An input whose connection's name says what the stand-in workflow does. */
export function inputFor(behaviour: string, connection: string): ExtractSqlMetadataInput {
  return {
    connection: { name: behaviour, qualifiedName: `default/postgres/${connection}` },
    source: { type: 'postgres', host: 'db.example.com', user: 'reader', password: 'secret://local/warehouse#password' },
  };
}

let installed = false;

/** Once in a process. Failures and cancellations are what is tested: the worker need not tell of each. */
function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
}

function bundleWorkflows(): Promise<WorkflowBundle> {
  const conditionNames = ['@tributary/source', 'webpack', 'import', 'require', 'node', 'default'];
  const nothing = (): void => undefined;
  return bundleWorkflowCode({
    workflowsPath: require.resolve('./workflows.ts'),
    logger: { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames } }),
  });
}

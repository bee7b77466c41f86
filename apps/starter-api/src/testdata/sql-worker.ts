import { resolve } from 'node:path';
import { MemoryEventBus, MemorySecretStore, MemoryStateStore } from '@tributary/clients/memory';
import { openPostgresCatalog, type CatalogSession } from '@tributary/clients/sql';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { createSqlMetadataActivities } from '@tributary/sql-metadata/activities';
import { installSample } from '@tributary/testing/sql-sample';
import { startInProcessWorker } from '@tributary/testing/stack';
import { SQL_METADATA_QUEUE, type CatalogKind, type CatalogRecord, type ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import type { Fixture } from './fixture.js';

/** The real workflow and activities of extractions over the sample database, with faults to order. */
export interface SqlWorker {
  readonly postgres: PostgresServer;
  readonly state: MemoryStateStore;
  /** Activities that were begun, in order. */
  readonly begun: string[];
  /** What happens to records as they are read, and to the activity before it does anything. */
  fault: { records?(kind: CatalogKind, records: CatalogRecord[]): CatalogRecord[] | Promise<CatalogRecord[]>; activity?(name: string): unknown };
  input(connection: string, more?: Partial<ExtractSqlMetadataInput>): ExtractSqlMetadataInput;
  stop(): Promise<void>;
}

const WORKFLOWS = resolve(__dirname, '../../../../libs/sql-metadata/src/workflows/index.ts');

export async function startSqlWorker({ temporal, objects }: Fixture): Promise<SqlWorker> {
  const postgres = await startPostgres();
  await installSample(postgres.url);
  const state = new MemoryStateStore();
  const begun: string[] = [];
  const worker: SqlWorker = {
    postgres,
    state,
    begun,
    fault: {},
    input: (connection, more = {}) => ({
      connection: { name: connection, qualifiedName: `default/postgres/${connection}` },
      source: { type: 'postgres', host: postgres.host, port: postgres.port, user: postgres.user, database: postgres.database, password: 'secret://local/source#password' },
      filters: { include: [{ schema: 'sales' }, { schema: 'hr' }] },
      ...more,
    }),
    stop: async () => {
      await running.stop();
      await postgres.stop();
    },
  };
  const activities = createSqlMetadataActivities({
    secrets: new MemorySecretStore({ local: { source: { password: postgres.password } } }),
    state,
    events: new MemoryEventBus(),
    objects,
    openCatalog: async (options) => meddling(await openPostgresCatalog(options), worker),
    toolVersion: 'test',
  });
  const watched = Object.entries(activities).map(([name, activity]) => [
    name,
    async (request: never): Promise<unknown> => {
      begun.push(name);
      await worker.fault.activity?.(name);
      return (activity as (request: never) => Promise<unknown>)(request);
    },
  ]);
  const running = await startInProcessWorker({
    temporal,
    taskQueue: SQL_METADATA_QUEUE,
    workflowsPath: WORKFLOWS,
    activities: Object.fromEntries(watched) as object,
  });
  return worker;
}

/** The real session, but its records pass through the fault. */
function meddling(session: CatalogSession, worker: SqlWorker): CatalogSession {
  return new Proxy(session, {
    get(target, property) {
      if (property === 'read') {
        return async function* (...args: Parameters<CatalogSession['read']>) {
          for await (const records of target.read(...args)) yield (await worker.fault.records?.(args[0], records)) ?? records;
        };
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

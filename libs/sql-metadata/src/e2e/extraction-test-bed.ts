import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { MemoryEventBus, MemoryObjectStore, MemorySecretStore, MemoryStateStore } from '@tributary/clients/memory';
import { openPostgresCatalog, type CatalogSession } from '@tributary/clients/sql';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startPostgres, startTemporal, type PostgresServer, type TemporalServer } from '@tributary/dev/servers';
import { installSample, SAMPLE_READER } from '@tributary/testing/sql-sample';
import { startInProcessWorker } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA } from '@tributary/workflow-contracts/sql-metadata';
import type {
  CatalogKind,
  CatalogRecord,
  ExtractionManifest,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
  SqlSource,
} from '@tributary/workflow-contracts/sql-metadata';
import { createSqlMetadataActivities } from '../activities/index.js';

/** What a test does to the records of a real session as they pass. */
export type Meddle = (kind: CatalogKind, records: CatalogRecord[]) => CatalogRecord[] | Promise<CatalogRecord[]>;

const READER_PASSWORD = 'reads the sample';

const untouched: Meddle = (_, records) => records;

/** Extractions of the sample database by a worker in this process: real PostgreSQL and Temporal, ports in memory. */
export class ExtractionTestBed {
  readonly objects = new MemoryObjectStore();
  readonly state = new MemoryStateStore();
  readonly events = new MemoryEventBus();
  /** Passwords by name, in store `local`. */
  readonly passwords: Record<string, string> = {};
  meddle: Meddle = untouched;
  private readonly queue = randomUUID();

  private constructor(
    readonly postgres: PostgresServer,
    private readonly temporal: TemporalServer,
    private readonly client: ConnectedClient,
  ) {}

  private worker: { stop(): Promise<void> } | undefined;

  static async start(): Promise<ExtractionTestBed> {
    const [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
    await installSample(postgres.url, { readerPassword: READER_PASSWORD });
    const client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
    const bed = new ExtractionTestBed(postgres, temporal, client);
    await bed.startWorker();
    return bed;
  }

  async stop(): Promise<void> {
    await this.worker?.stop();
    await this.client.close();
    await Promise.all([this.temporal.stop(), this.postgres.stop()]);
  }

  /** Lets records pass as they are again. */
  reset(): void {
    this.meddle = untouched;
  }

  input(more: Partial<ExtractSqlMetadataInput> = {}): ExtractSqlMetadataInput {
    const { host, port, user, database } = this.postgres;
    return {
      connection: { name: 'sample', qualifiedName: `default/postgres/${randomUUID()}` },
      source: { type: 'postgres', host, port, user, database, password: 'secret://local/source' },
      ...more,
    };
  }

  start(given: ExtractSqlMetadataInput): Promise<WorkflowHandle> {
    return this.client.workflow.start(EXTRACT_SQL_METADATA, { taskQueue: this.queue, workflowId: randomUUID(), args: [given] });
  }

  /** Runs one of the short workflows to its end. */
  run<R>(workflow: string, given: unknown): Promise<R> {
    return this.client.workflow.execute<(input: unknown) => Promise<R>>(workflow, { taskQueue: this.queue, workflowId: randomUUID(), args: [given] });
  }

  /** Starts one of the short workflows. */
  startShort(workflow: string, given: unknown): Promise<WorkflowHandle> {
    return this.client.workflow.start(workflow, { taskQueue: this.queue, workflowId: randomUUID(), args: [given] });
  }

  /** The sample's server as `user` sees it, whose password is `passwords[user]`. */
  sourceOf(user: string, more: Partial<SqlSource> = {}): SqlSource {
    return { ...this.input().source, user, password: `secret://local/${user}`, ...more };
  }

  /** Extracts and gives the manifest. */
  async extract(given: ExtractSqlMetadataInput): Promise<ExtractionManifest> {
    const result = (await (await this.start(given)).result()) as ExtractSqlMetadataResult;
    return JSON.parse((await this.read(result.manifest.uri)).toString()) as ExtractionManifest;
  }

  /** Extracts in vain and gives the error at the bottom. */
  async failureOf(given: ExtractSqlMetadataInput): Promise<{ type: string; message: string }> {
    const failure: unknown = await (await this.start(given)).result().then(
      () => {
        throw new Error('the run succeeded');
      },
      (error: unknown) => error,
    );
    let cause = failure as Error & { type?: string };
    while (cause.cause) cause = cause.cause as typeof cause;
    return { type: cause.type ?? cause.name, message: cause.message };
  }

  async read(key: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.objects.get(key)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Keys of all that the runs of this connection have stored. */
  async keysOf({ connection }: ExtractSqlMetadataInput): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.objects.list(`sql-metadata/${connection.qualifiedName}/`)) keys.push(key);
    return keys;
  }

  private async startWorker(): Promise<void> {
    Object.assign(this.passwords, { source: this.postgres.password, [SAMPLE_READER]: READER_PASSWORD });
    this.worker = await startInProcessWorker({
      temporal: this.temporal,
      taskQueue: this.queue,
      workflowsPath: resolve(__dirname, '../workflows/index.ts'),
      activities: createSqlMetadataActivities({
        secrets: new MemorySecretStore({ local: this.passwords }),
        state: this.state,
        events: this.events,
        objects: this.objects,
        openCatalog: async (options) => this.meddling(await openPostgresCatalog(options)),
        toolVersion: 'test',
      }),
    });
  }

  /** The real session, but its records pass through `meddle`. */
  private meddling(session: CatalogSession): CatalogSession {
    const pass: Meddle = (kind, records) => this.meddle(kind, records);
    return new Proxy(session, {
      get(target, property) {
        if (property === 'read') {
          return async function* (...args: Parameters<CatalogSession['read']>) {
            for await (const records of target.read(...args)) yield await pass(args[0], records);
          };
        }
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }
}

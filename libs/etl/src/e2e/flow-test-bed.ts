import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Context, type Info } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { MemoryObjectStore } from '@tributary/clients/memory';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { Secret } from '@tributary/common';
import { startPostgres, startTemporal, type PostgresServer, type TemporalServer } from '@tributary/dev/servers';
import { startInProcessWorker } from '@tributary/testing/stack';
import { ETL_FLOW, SUMMARIZE_EVENTS, type EtlFlowResult, type Event, type FlowInput } from '@tributary/workflow-contracts/etl';
import { Client } from 'pg';
import { createEtlActivities, type EtlActivities, type EtlDependencies } from '../activities/index.js';
import { SourceRegistry } from '../query/source-registry.js';
import { openEventDatabase, type OpenEventDatabase } from '../store/index.js';
import { ScriptedSource } from './scripted-source.js';

export const WINDOW = { data_date_start: '2026-01-01', data_date_end: '2026-02-01' };

/** Runs of flows by workers in this process, on real PostgreSQL and Temporal; the source is scripted. */
export class FlowTestBed {
  source = new ScriptedSource();
  objects = new MemoryObjectStore();
  /** Attempts of stages that Temporal hears nothing of, as of a process that was stopped. */
  muted: (attempt: Info) => boolean = () => false;
  readonly queue = randomUUID();
  readonly #databases: OpenEventDatabase[] = [];
  #database: OpenEventDatabase | undefined;
  #workers = new Set<{ stop(): Promise<void> }>();

  private constructor(
    readonly postgres: PostgresServer,
    readonly temporal: TemporalServer,
    readonly client: ConnectedClient,
  ) {}

  static async start(): Promise<FlowTestBed> {
    const [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
    const client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
    return new FlowTestBed(postgres, temporal, client);
  }

  async stop(): Promise<void> {
    await this.stopWorkers();
    await Promise.all(this.#databases.map((database) => database.close()));
    await this.client.close();
    await Promise.all([this.temporal.stop(), this.postgres.stop()]);
  }

  get database(): OpenEventDatabase {
    if (!this.#database) throw new Error('reset() opens the database');
    return this.#database;
  }

  /** An empty events database, a new source, and one worker. */
  async reset(more: Partial<EtlDependencies> = {}): Promise<void> {
    await this.stopWorkers();
    this.source = new ScriptedSource();
    this.muted = () => false;
    this.#database = await this.openDatabase(`events_${randomUUID().slice(0, 8)}`);
    await this.startWorker(more);
  }

  async openDatabase(schema: string): Promise<OpenEventDatabase> {
    const { user, host, port, database: name, password } = this.postgres;
    const database = openEventDatabase({
      url: `postgres://${user}@${host}:${port}/${name}?sslmode=disable`,
      password: new Secret(password),
      identityKey: new Secret('a key that only tests have, 32 bytes'),
      schema,
    });
    this.#databases.push(database);
    await database.prepare({ migrate: true });
    return database;
  }

  async startWorker(more: Partial<EtlDependencies> = {}): Promise<{ stop(): Promise<void> }> {
    const { database, objects } = this;
    const worker = await startInProcessWorker({
      temporal: this.temporal,
      taskQueue: this.queue,
      workflowsPath: resolve(__dirname, 'workflows.ts'),
      activities: this.#mutable(
        createEtlActivities({
          registry: new SourceRegistry([this.source.source]),
          database,
          identities: database.identities,
          objects,
          lanes: 4,
          retryMs: 10,
          heartbeatTimeoutMs: 10_000,
          ...more,
        }),
      ),
    });
    const stop = async (): Promise<void> => {
      if (this.#workers.delete(handle)) await worker.stop();
    };
    const handle = { stop };
    this.#workers.add(handle);
    return handle;
  }

  #mutable(activities: EtlActivities): EtlActivities {
    const runStage: EtlActivities['runStage'] = (request) => {
      const context = Context.current();
      if (this.muted(context.info)) Object.defineProperty(context, 'heartbeat', { value: () => undefined });
      return activities.runStage(request);
    };
    return { ...activities, runStage };
  }

  async stopWorkers(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
  }

  input(args: object): FlowInput {
    return { type: 'BoardQuery', args: { ...WINDOW, ...args } };
  }

  start(input: FlowInput, flow: string = ETL_FLOW): Promise<WorkflowHandle> {
    return this.client.workflow.start(flow, { taskQueue: this.queue, workflowId: randomUUID(), args: [input] });
  }

  startSummary(input: object): Promise<WorkflowHandle> {
    return this.client.workflow.start(SUMMARIZE_EVENTS, { taskQueue: this.queue, workflowId: randomUUID(), args: [input] });
  }

  async run(input: FlowInput, flow: string = ETL_FLOW): Promise<EtlFlowResult> {
    return (await (await this.start(input, flow)).result()) as EtlFlowResult;
  }

  /** Runs in vain and gives the error at the bottom, with the details of the failure. */
  async failureOf(run: WorkflowHandle): Promise<{ type: string; message: string; details: readonly unknown[] }> {
    const failure: unknown = await run.result().then(
      () => {
        throw new Error('the run succeeded');
      },
      (error: unknown) => error,
    );
    let cause = failure as Error & { type?: string; details?: readonly unknown[] };
    while (cause.cause) cause = cause.cause as typeof cause;
    return { type: cause.type ?? cause.name, message: cause.message, details: cause.details ?? [] };
  }

  /** Ends every connection to the events database, as a restart of its server does. */
  async cutConnections(): Promise<void> {
    const client = new Client({ connectionString: this.postgres.url });
    await client.connect();
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()');
    await client.end();
  }

  /** The events table in order of id, without when rows were written. */
  async events(): Promise<Event[]> {
    const rows = await this.database.db
      .selectFrom('events')
      .select(['id', 'parent_id', 'week', 'employee_id', 'type', 'time_utc', 'source_kind_id', 'relation_properties'])
      .orderBy('id')
      .execute();
    return rows;
  }

  async report(result: EtlFlowResult): Promise<Record<string, unknown>[]> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.objects.get(result.report.uri)) chunks.push(chunk);
    return Buffer.concat(chunks).toString().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

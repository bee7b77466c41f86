import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { startRestartablePostgres, startTcpProxy, type RestartablePostgres, type TcpProxy } from '@tributary/testing/faults';
import { generateCatalog } from '@tributary/testing/sql-sample';
import { createDatabase, inputFor, launchBuiltApp, startTestStack, waitFor, type LaunchedApp, type TestStack } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataInput, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import { Client } from 'pg';
import { PublishedRun } from './published-run.js';

const APP = 'sql-metadata-worker';
/** Small shards make a run long enough to be hit, and its checkpoints frequent. */
const SHARD_RECORDS = 50;
/** Of the input; a batch of which nothing is heard for ten seconds more is given to another attempt. */
const STATEMENT_TIMEOUT_MS = 5_000;
const DATABASE = 'generated';
const ROLE = 'extractor';
export const PASSWORD_REF = 'secret://local/source#password';

export type StartedRun = WorkflowHandle & { readonly firstExecutionRunId: string };

export interface ExtractionBedOptions {
  /** Of the role that reads the source. */
  readonly password: string;
  /** Folder of the object store. @default one of the stack */
  readonly objects?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The built worker on a source of its own, with Temporal behind a proxy that can fail. */
export class ExtractionBed {
  private constructor(
    readonly stack: TestStack,
    /** Server of the source; the state store of the sidecar is on another one. */
    readonly source: RestartablePostgres,
    readonly proxy: TcpProxy,
    /** Goes past the proxy. */
    readonly client: ConnectedClient,
    readonly objects: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly parts: { worker?: LaunchedApp; started: number },
  ) {}

  static async start(state: RestartablePostgres, { password, objects, environment }: ExtractionBedOptions): Promise<ExtractionBed> {
    const source = await startRestartablePostgres();
    const stack = await startTestStack({ appId: APP, postgres: state, secrets: { source: { password } } });
    const proxy = await startTcpProxy(stack.temporal.address);
    const client = await connectClient(temporalSettings(stack.environment));
    const folder = objects ?? stack.objects;
    const bed = new ExtractionBed(
      stack,
      source,
      proxy,
      client,
      folder,
      {
        ...stack.environment,
        TEMPORAL_ADDRESS: proxy.address,
        TRIBUTARY_OBJECT_STORE_URL: `file://${folder}`,
        TRIBUTARY_SHUTDOWN_GRACE_MS: '2000',
        ...environment,
      },
      { started: 0 },
    );
    try {
      await onServer(source, (client) => client.query(`CREATE ROLE ${ROLE} SUPERUSER LOGIN PASSWORD ${client.escapeLiteral(password)}`));
      await Promise.all([generateCatalog(await createDatabase({ postgres: source }, DATABASE), { tables: 600, columns: 12_000 }), bed.restart()]);
      return bed;
    } catch (error) {
      await bed.stop();
      throw error;
    }
  }

  get worker(): LaunchedApp {
    if (!this.parts.worker) throw new Error('no worker was started yet');
    return this.parts.worker;
  }

  /** Another process of the worker, which need not become ready; end it yourself. */
  launch(more: Readonly<Record<string, string>> = {}): Promise<LaunchedApp> {
    const logFile = join(this.stack.folder, `worker-${String(++this.parts.started)}.log`);
    return launchBuiltApp(APP, { environment: { ...this.environment, ...more }, portVariable: 'TRIBUTARY_HEALTH_PORT', logFile });
  }

  /** Starts the worker, after it has ended. */
  async restart(): Promise<void> {
    this.parts.worker = await this.launch();
    await this.worker.ready();
  }

  /** Status and reason of /readyz. */
  async readiness(): Promise<{ ready: boolean; reason?: string }> {
    return (await (await fetch(`${this.worker.url}/readyz`)).json()) as { ready: boolean; reason?: string };
  }

  /** Milliseconds until /readyz says what is wanted. */
  async untilReady(ready: boolean, reason = ''): Promise<number> {
    const since = performance.now();
    await waitFor(`readiness ${String(ready)} ${reason}`, async () => {
      const now = await this.readiness();
      return now.ready === ready && (now.reason ?? '').includes(reason);
    });
    return performance.now() - since;
  }

  async isAlive(): Promise<boolean> {
    return (await fetch(`${this.worker.url}/livez`)).ok;
  }

  /** Starts a run. */
  begin(): Promise<StartedRun> {
    const { source } = inputFor(this.stack, DATABASE);
    const input: ExtractSqlMetadataInput = {
      connection: { name: 'test', qualifiedName: `default/postgres/${DATABASE}` },
      source: { ...source, port: this.source.port, user: ROLE, password: PASSWORD_REF },
      options: { shardRecords: SHARD_RECORDS, statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    };
    return this.client.workflow.start(EXTRACT_SQL_METADATA, { taskQueue: SQL_METADATA_QUEUE, workflowId: randomUUID(), args: [input] });
  }

  /** Starts a run and waits until some of its shards are stored, and most are not. */
  async beginAndWait(parts = 60): Promise<StartedRun> {
    const handle = await this.begin();
    const columns = join(this.folderOf(handle), 'entities', DATABASE, 'Column');
    const stored = (): number => (existsSync(columns) ? readdirSync(columns).filter((name) => name.startsWith('part-')).length : 0);
    await waitFor('the first shards of columns', () => stored() >= parts, 60_000, 10);
    if (this.isPublished(handle)) throw new Error('the run was over before anything could happen to it');
    return handle;
  }

  /** Files of a run in the object store. */
  files(run: StartedRun): string[] {
    const folder = this.folderOf(run);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : []));
  }

  isPublished(run: StartedRun): boolean {
    return this.files(run).includes('manifest.json');
  }

  /** Waits for the green end of a run, and reads it as its consumers do. */
  async published(handle: WorkflowHandle): Promise<PublishedRun> {
    const { manifest } = (await handle.result()) as ExtractSqlMetadataResult;
    return PublishedRun.open(this.objects, manifest.uri);
  }

  /** Attempts and last failures of the activities that a run waits for. */
  async pending(handle: WorkflowHandle): Promise<{ type: string; attempt: number; code: string; message: string }[]> {
    const { raw } = await handle.describe();
    return (raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => ({
      type: activityType?.name ?? '',
      attempt: attempt ?? 0,
      code: lastFailure?.applicationFailureInfo?.type ?? '',
      message: lastFailure?.message ?? '',
    }));
  }

  async untilFailedWith(handle: WorkflowHandle, code: string, timeoutMs = 30_000): Promise<{ type: string; attempt: number; message: string }> {
    let found: { type: string; attempt: number; message: string } | undefined;
    await waitFor(`an attempt that failed with ${code}`, async () => (found = (await this.pending(handle)).find((each) => each.code === code)) !== undefined, timeoutMs);
    return found as NonNullable<typeof found>;
  }

  /** Ends the source's server right after its role got another password, and has the secret store know that meanwhile. */
  async crashWithNewPassword(password: string): Promise<void> {
    await onServer(this.source, (client) => client.query(`ALTER ROLE ${ROLE} PASSWORD ${client.escapeLiteral(password)}`));
    await this.source.crash();
    const file = join(this.stack.folder, 'secrets.json');
    const secrets = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...secrets, source: { password } }));
    // The component reads its file when it starts.
    await this.stack.restartDaprd();
  }

  private folderOf({ firstExecutionRunId }: StartedRun): string {
    return join(this.objects, 'sql-metadata/default/postgres', DATABASE, firstExecutionRunId);
  }

  async stop(): Promise<void> {
    this.proxy.thaw();
    const ends = [() => this.client.close(), () => this.parts.worker?.kill(), () => this.stack.stop(), () => this.proxy.stop(), () => this.source.stop()];
    for (const end of ends) await Promise.resolve(end()).catch(() => undefined);
  }
}

async function onServer({ url }: RestartablePostgres, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { generateCatalog } from '@tributary/testing/sql-sample';
import { createDatabase, inputFor, startBuiltApp, startTestStack, waitFor, type BuiltApp, type TestStack } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import { PublishedRun } from './published-run.js';

/** Small shards make the run long enough to be hit, and its checkpoints frequent. */
const SHARD_RECORDS = 50;

/** A run that is under way: some shards of columns are stored, most are not. */
interface RunUnderWay {
  readonly handle: WorkflowHandle;
  finish(): Promise<{ run: PublishedRun; parts: string[] }>;
}

describe('extractSqlMetadata when something is killed in the middle', () => {
  let stack: TestStack;
  let worker: BuiltApp;
  let client: ConnectedClient;
  let calm: Record<string, string>;

  beforeAll(async () => {
    stack = await startTestStack({ appId: 'sql-metadata-worker' });
    await generateCatalog(await createDatabase(stack, 'generated'), { tables: 2_000, columns: 40_000 });
    worker = await startWorker();
    client = await connectClient(temporalSettings(stack.environment));
    const { finish } = await start();
    calm = await (await finish()).run.fingerprint();
  }, 180_000);

  afterAll(async () => {
    await client?.close();
    await worker?.stop();
    await stack?.stop();
  });

  function startWorker(): Promise<BuiltApp> {
    return startBuiltApp('sql-metadata-worker', {
      environment: stack.environment,
      portVariable: 'TRIBUTARY_HEALTH_PORT',
      logFile: join(stack.folder, 'worker.log'),
    });
  }

  async function start(): Promise<RunUnderWay> {
    const handle = await client.workflow.start(EXTRACT_SQL_METADATA, {
      taskQueue: SQL_METADATA_QUEUE,
      workflowId: randomUUID(),
      args: [inputFor(stack, 'generated', { options: { shardRecords: SHARD_RECORDS, statementTimeoutMs: 5_000 } })],
    });
    const folder = join(stack.objects, 'sql-metadata/default/postgres/generated', handle.firstExecutionRunId);
    const columns = join(folder, 'entities/generated/Column');
    const parts = (): string[] => (existsSync(columns) ? readdirSync(columns).filter((name) => name.startsWith('part-')).sort() : []);
    await waitFor('the first shards of columns', () => parts().length >= 400, 60_000, 10);
    if (existsSync(join(folder, 'manifest.json'))) throw new Error('the run was over before anything could be killed');
    return {
      handle,
      finish: async () => {
        const result = (await handle.result()) as ExtractSqlMetadataResult;
        const run = await PublishedRun.open(stack.objects, result.manifest.uri);
        const listed = run.shards('entities').filter(({ typeName }) => typeName === 'Column');
        return { run, parts: listed.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)) };
      },
    };
  }

  it('goes on from the heartbeat cursor on another worker after kill -9 of the worker', async () => {
    const { finish } = await start();
    await worker.kill();
    worker = await startWorker();
    const { run, parts } = await finish();
    expect(await run.fingerprint()).toEqual(calm);
    const attempts = new Set(parts.map((name) => /-1\.(\d+)\./.exec(name)?.[1]));
    expect([...attempts].sort()).toEqual(['1', '2']);
  }, 120_000);

  it('hands over in order when it is told to stop, and the next worker completes with the same output', async () => {
    const { finish } = await start();
    expect(await worker.stop()).toBe(0);
    worker = await startWorker();
    expect(await (await finish()).run.fingerprint()).toEqual(calm);
  }, 120_000);

  it('completes with the same output after kill -9 of the sidecar', async () => {
    const { handle, finish } = await start();
    await stack.killDaprd();
    await waitFor('an activity to fail without the sidecar', async () => {
      const { raw } = await handle.describe();
      return (raw.pendingActivities ?? []).some(({ attempt }) => (attempt ?? 0) > 1);
    }, 60_000);
    await stack.restartDaprd();
    expect(await (await finish()).run.fingerprint()).toEqual(calm);
  }, 120_000);

  it('completes with the same output after kill -9 of the Temporal server', async () => {
    const { finish } = await start();
    await stack.restartTemporal();
    expect(await (await finish()).run.fingerprint()).toEqual(calm);
  }, 120_000);

  it('leaves nothing in the object store but what manifests list', async () => {
    const { finish } = await start();
    const { run } = await finish();
    const listed = new Set(run.manifest.shards.map(({ uri }) => uri));
    const folder = `sql-metadata/default/postgres/generated/${run.manifest.runId}`;
    const stored = readdirSync(join(stack.objects, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(stack.objects.length + 1));
    expect(stored.sort()).toEqual([...listed, `${folder}/manifest.json`].sort());
  }, 120_000);
});

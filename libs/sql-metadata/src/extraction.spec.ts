import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { WorkflowHandle } from '@temporalio/client';
import { MemoryEventBus, MemoryObjectStore, MemorySecretStore, MemoryStateStore } from '@tributary/clients/memory';
import { openPostgresCatalog, type CatalogSession } from '@tributary/clients/sql';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startPostgres, startTemporal, type PostgresServer, type TemporalServer } from '@tributary/dev/servers';
import { installSample } from '@tributary/testing/sql-sample';
import { startInProcessWorker, waitFor } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, PROGRESS_QUERY } from '@tributary/workflow-contracts/sql-metadata';
import type {
  CatalogKind,
  CatalogRecord,
  ExtractionManifest,
  ExtractionProgress,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
} from '@tributary/workflow-contracts/sql-metadata';
import { createSqlMetadataActivities, latestRunKey } from './activities/index.js';

/** What a test does to the records of a real session as they pass. */
type Meddle = (kind: CatalogKind, records: CatalogRecord[]) => CatalogRecord[] | Promise<CatalogRecord[]>;

describe('extractSqlMetadata', () => {
  const objects = new MemoryObjectStore();
  const state = new MemoryStateStore();
  const events = new MemoryEventBus();
  const queue = randomUUID();
  let postgres: PostgresServer;
  let temporal: TemporalServer;
  let client: ConnectedClient;
  let worker: { stop(): Promise<void> };
  let meddle: Meddle;

  beforeAll(async () => {
    [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
    await installSample(postgres.url);
    client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
    worker = await startInProcessWorker({
      temporal,
      taskQueue: queue,
      workflowsPath: resolve(__dirname, 'workflows/index.ts'),
      activities: createSqlMetadataActivities({
        secrets: new MemorySecretStore({ local: { source: { password: postgres.password } } }),
        state,
        events,
        objects,
        openCatalog: async (options) => meddling(await openPostgresCatalog(options)),
        toolVersion: 'test',
      }),
    });
  }, 60_000);

  beforeEach(() => {
    meddle = (_, records) => records;
  });

  afterAll(async () => {
    await worker?.stop();
    await client?.close();
    await Promise.all([temporal?.stop(), postgres?.stop()]);
  });

  /** The real session, but its records pass through `meddle`. */
  function meddling(session: CatalogSession): CatalogSession {
    return new Proxy(session, {
      get(target, property) {
        if (property === 'read') {
          return async function* (...args: Parameters<CatalogSession['read']>) {
            for await (const records of target.read(...args)) yield await meddle(args[0], records);
          };
        }
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  function input(more: Partial<ExtractSqlMetadataInput> = {}): ExtractSqlMetadataInput {
    const { host, port, user, database } = postgres;
    return {
      connection: { name: 'sample', qualifiedName: `default/postgres/${randomUUID()}` },
      source: { type: 'postgres', host, port, user, database, password: 'secret://local/source#password' },
      ...more,
    };
  }

  function start(given: ExtractSqlMetadataInput): Promise<WorkflowHandle> {
    return client.workflow.start(EXTRACT_SQL_METADATA, { taskQueue: queue, workflowId: randomUUID(), args: [given] });
  }

  async function extract(given: ExtractSqlMetadataInput): Promise<ExtractionManifest> {
    const result = (await (await start(given)).result()) as ExtractSqlMetadataResult;
    return JSON.parse((await read(result.manifest.uri)).toString()) as ExtractionManifest;
  }

  async function failureOf(given: ExtractSqlMetadataInput): Promise<{ type: string; message: string }> {
    const failure: unknown = await (await start(given)).result().then(
      () => undefined,
      (error: unknown) => error,
    );
    let cause = failure as Error & { type?: string };
    while (cause.cause) cause = cause.cause as typeof cause;
    return { type: cause.type ?? cause.name, message: cause.message };
  }

  async function read(key: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of objects.get(key)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function keysOf({ connection }: ExtractSqlMetadataInput): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of objects.list(`sql-metadata/${connection.qualifiedName}/`)) keys.push(key);
    return keys;
  }

  it('publishes the manifest, then the state, then the event, all of the same run', async () => {
    const given = input();
    const manifest = await extract(given);
    const { qualifiedName } = given.connection;
    expect((await state.get(latestRunKey(qualifiedName)))?.value).toMatchObject({ runId: manifest.runId });
    expect(events.published('sql-metadata').filter(({ subject }) => subject === qualifiedName)).toMatchObject([
      { type: 'tributary.sql-metadata.published.v1', id: `${manifest.runId}/published` },
    ]);
    for (const { source, raw, entities, quarantined } of manifest.counts) expect([raw, entities + quarantined]).toEqual([source, source]);
  }, 60_000);

  it('keeps raw records beside the entities on request, one for one', async () => {
    const manifest = await extract(input({ options: { rawRecords: true } }));
    const records = (content: string): number =>
      manifest.shards.filter((shard) => shard.content === content).reduce((total, shard) => total + shard.records, 0);
    expect(records('raw')).toBe(records('entities'));
  }, 60_000);

  it('quarantines a record that cannot be transformed, with its reason, and counts it', async () => {
    meddle = (kind, records) => (kind === 'column' ? records.map((record, at) => (at === 3 ? { ...record, name: null as never } : record)) : records);
    const manifest = await extract(input({ options: { quarantineThreshold: 0.5 } }));
    expect(manifest.quarantine).toEqual([{ code: 'RECORD_INVALID', count: 2 }]);
    const [shard] = manifest.shards.filter(({ content }) => content === 'quarantine');
    const [line] = gunzipSync(await read(shard?.uri ?? '')).toString().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ code: 'RECORD_INVALID', kind: 'column', reason: expect.stringContaining('name') as unknown, record: { name: null } });
  }, 60_000);

  it('fails above the threshold, keeps what was quarantined and nothing else', async () => {
    meddle = (kind, records) => (kind === 'sequence' ? records.map((record) => ({ ...record, name: null as never })) : records);
    const given = input();
    const { type, message } = await failureOf(given);
    expect(type).toBe('SQL_QUARANTINE_EXCEEDED');
    const keys = await keysOf(given);
    expect(keys.filter((key) => !key.includes('/quarantine/'))).toEqual([]);
    expect(message).toContain(keys[0]);
    expect(await state.get(latestRunKey(given.connection.qualifiedName))).toBeUndefined();
  }, 60_000);

  it('reads a batch again when fewer records arrived than the source counts', async () => {
    let dropped = false;
    meddle = (kind, records) => {
      if (kind !== 'index' || dropped) return records;
      dropped = true;
      return records.slice(1);
    };
    const manifest = await extract(input());
    const index = manifest.counts.find(({ kind }) => kind === 'index');
    expect(dropped).toBe(true);
    expect(index?.raw).toBe(index?.source);
    expect(manifest.shards.filter(({ kind }) => kind === 'index').every(({ uri }) => uri.includes('-1.2.'))).toBe(true);
  }, 60_000);

  it('reads a database again when its relations have other columns than were read', async () => {
    let changed = false;
    meddle = (kind, records) => {
      if (kind !== 'relation' || changed) return records;
      changed = true;
      return oneColumnMore(records);
    };
    const manifest = await extract(input());
    expect(changed).toBe(true);
    expect(manifest.shards.every(({ uri }) => uri.includes('-2.1.'))).toBe(true);
  }, 60_000);

  it('fails rather than publish a catalog that keeps changing', async () => {
    meddle = (kind, records) => (kind === 'relation' ? oneColumnMore(records) : records);
    const given = input();
    expect((await failureOf(given)).type).toBe('SQL_CATALOG_KEEPS_CHANGING');
    expect(await keysOf(given)).toEqual([]);
  }, 60_000);

  it('leaves nothing behind when it is cancelled', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    meddle = async (kind, records) => {
      if (kind === 'column') await held;
      return records;
    };
    const given = input();
    const handle = await start(given);
    await waitFor('relations to be extracted', async () => {
      const progress = await handle.query<ExtractionProgress>(PROGRESS_QUERY);
      return progress.batches.some(({ kind, state: at }) => kind === 'relation' && at === 'done');
    });
    await handle.cancel();
    release();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await keysOf(given)).toEqual([]);
  }, 60_000);

  it('refuses input that is not valid, and input that holds a credential, before it touches the source', async () => {
    expect(await failureOf({ ...input(), filters: { inclued: [] } } as never)).toMatchObject({
      type: 'SQL_INPUT_INVALID',
      message: expect.stringContaining('inclued') as unknown,
    });
    const given = input();
    const secret = `hunter2-${randomUUID()}`;
    const refused = await failureOf({ ...given, source: { ...given.source, password: secret as never } });
    expect(refused.type).toBe('SQL_INPUT_HOLDS_CREDENTIAL');
    expect(refused.message).not.toContain(secret);
  }, 60_000);

  it('extracts every database that the role may connect to when asked, and says which it may not', async () => {
    const manifest = await extract(input({ source: { ...input().source, allDatabases: true } }));
    expect(manifest.source.databases).toEqual(expect.arrayContaining(['archive', postgres.database]));
    expect(new Set(manifest.counts.map(({ database }) => database))).toEqual(new Set(manifest.source.databases));
  }, 60_000);

  it('selects by filters, and fails when they select nothing', async () => {
    const manifest = await extract(input({ filters: { include: [{ schema: 'sales' }] } }));
    expect(manifest.entities['Schema']).toBe(1);
    expect(await failureOf(input({ filters: { include: [{ database: 'nowhere' }] } }))).toMatchObject({ type: 'SQL_NOTHING_SELECTED' });
  }, 60_000);
});

function oneColumnMore(records: CatalogRecord[]): CatalogRecord[] {
  return records.map((record, at) => (at === 0 && 'columnCount' in record ? { ...record, columnCount: record.columnCount + 1 } : record));
}

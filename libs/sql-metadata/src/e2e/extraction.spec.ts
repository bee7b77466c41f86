import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { execute } from '@tributary/testing/sql-sample';
import { waitFor } from '@tributary/testing/stack';
import { PROGRESS_QUERY } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogRecord, ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import { latestRunKey } from '../activities/index.js';
import { ExtractionTestBed } from './extraction-test-bed.js';

describe('extractSqlMetadata', () => {
  let bed: ExtractionTestBed;

  beforeAll(async () => {
    bed = await ExtractionTestBed.start();
  }, 60_000);

  beforeEach(() => bed.reset());

  afterAll(() => bed?.stop());

  it('publishes the manifest, then the state, then the event, all of the same run', async () => {
    const given = bed.input();
    const manifest = await bed.extract(given);
    const { qualifiedName } = given.connection;
    expect((await bed.state.get(latestRunKey(qualifiedName)))?.value).toMatchObject({ runId: manifest.runId });
    expect(bed.events.published('sql-metadata').filter(({ subject }) => subject === qualifiedName)).toMatchObject([
      { type: 'tributary.sql-metadata.published.v1', id: `${manifest.runId}/published` },
    ]);
    for (const { source, raw, entities, quarantined } of manifest.counts) expect([raw, entities + quarantined]).toEqual([source, source]);
  }, 60_000);

  it('keeps raw records beside the entities on request, one for one', async () => {
    const manifest = await bed.extract(bed.input({ options: { rawRecords: true } }));
    const records = (content: string): number =>
      manifest.shards.filter((shard) => shard.content === content).reduce((total, shard) => total + shard.records, 0);
    expect(records('raw')).toBe(records('entities'));
  }, 60_000);

  it('quarantines a record that cannot be transformed, with its reason, and counts it', async () => {
    let spoilt = 0;
    bed.meddle = (kind, records) => {
      if (kind !== 'column' || spoilt === 2) return records;
      spoilt++;
      return records.map((record, at) => (at === 3 ? { ...record, name: null as never } : record));
    };
    const manifest = await bed.extract(bed.input({ options: { quarantineThreshold: 0.5 } }));
    expect(manifest.quarantine).toEqual([{ code: 'RECORD_INVALID', count: 2 }]);
    const [shard] = manifest.shards.filter(({ content }) => content === 'quarantine');
    const [line] = gunzipSync(await bed.read(shard?.uri ?? '')).toString().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ code: 'RECORD_INVALID', kind: 'column', reason: expect.stringContaining('name') as unknown, record: { name: null } });
  }, 60_000);

  it('fails above the threshold, keeps what was quarantined and nothing else', async () => {
    bed.meddle = (kind, records) => (kind === 'sequence' ? records.map((record) => ({ ...record, name: null as never })) : records);
    const given = bed.input();
    const { type, message } = await bed.failureOf(given);
    expect(type).toBe('SQL_QUARANTINE_EXCEEDED');
    const keys = await bed.keysOf(given);
    expect(keys.filter((key) => !key.includes('/quarantine/'))).toEqual([]);
    expect(message).toContain(keys[0]);
    expect(await bed.state.get(latestRunKey(given.connection.qualifiedName))).toBeUndefined();
  }, 60_000);

  it('reads a batch again when fewer records arrived than the source counts', async () => {
    let dropped = false;
    bed.meddle = (kind, records) => {
      if (kind !== 'index' || dropped) return records;
      dropped = true;
      return records.slice(1);
    };
    const manifest = await bed.extract(bed.input());
    const index = manifest.counts.find(({ kind }) => kind === 'index');
    expect(dropped).toBe(true);
    expect(index?.raw).toBe(index?.source);
    expect(manifest.shards.filter(({ kind }) => kind === 'index').every(({ uri }) => uri.includes('-1.2.'))).toBe(true);
  }, 60_000);

  it('reads a database again when its relations have other columns than were read', async () => {
    let changed = false;
    bed.meddle = (kind, records) => {
      if (kind !== 'relation' || changed) return records;
      changed = true;
      return oneColumnMore(records);
    };
    const manifest = await bed.extract(bed.input());
    expect(changed).toBe(true);
    expect(manifest.shards.every(({ uri }) => uri.includes('-2.1.'))).toBe(true);
  }, 60_000);

  it('reads a database again when a table took the place of another of as many columns between two snapshots', async () => {
    await execute(bed.postgres.url, 'CREATE TABLE public.before_swap (id integer PRIMARY KEY)');
    let sawRelations = (): void => undefined;
    const relationsSeen = new Promise<void>((done) => (sawRelations = done));
    let swapped = false;
    bed.meddle = async (kind, records) => {
      if (kind === 'relation') sawRelations();
      if (kind !== 'index' || swapped) return records;
      await relationsSeen;
      await execute(bed.postgres.url, 'DROP TABLE public.before_swap; CREATE TABLE public.after_swap (id integer PRIMARY KEY)');
      swapped = true;
      return records.slice(1);
    };
    try {
      const manifest = await bed.extract(bed.input({ filters: { include: [{ schema: 'public' }] } }));
      expect(manifest.shards.every(({ uri }) => uri.includes('-2.1.'))).toBe(true);
    } finally {
      await execute(bed.postgres.url, 'DROP TABLE IF EXISTS public.before_swap, public.after_swap');
    }
  }, 60_000);

  it('fails rather than publish a catalog that keeps changing', async () => {
    bed.meddle = (kind, records) => (kind === 'relation' ? oneColumnMore(records) : records);
    const given = bed.input();
    expect((await bed.failureOf(given)).type).toBe('SQL_CATALOG_KEEPS_CHANGING');
    expect(await bed.keysOf(given)).toEqual([]);
  }, 60_000);

  it('leaves nothing behind when it is cancelled', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    bed.meddle = async (kind, records) => {
      if (kind === 'column') await held;
      return records;
    };
    const given = bed.input();
    const handle = await bed.start(given);
    await waitFor('relations to be extracted', async () => {
      const progress = await handle.query<ExtractionProgress>(PROGRESS_QUERY);
      return progress.batches.some(({ kind, state: at }) => kind === 'relation' && at === 'done');
    });
    await handle.cancel();
    release();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await bed.keysOf(given)).toEqual([]);
  }, 60_000);

  it('refuses input that is not valid, and input that holds a credential, before it touches the source', async () => {
    expect(await bed.failureOf({ ...bed.input(), filters: { inclued: [] } } as never)).toMatchObject({
      type: 'SQL_INPUT_INVALID',
      message: expect.stringContaining('inclued') as unknown,
    });
    const given = bed.input();
    const secret = `hunter2-${randomUUID()}`;
    const refused = await bed.failureOf({ ...given, source: { ...given.source, password: secret as never } });
    expect(refused.type).toBe('SQL_INPUT_HOLDS_CREDENTIAL');
    expect(refused.message).not.toContain(secret);
  }, 60_000);

  it('extracts every database that the role may connect to when asked, and says which it may not', async () => {
    const manifest = await bed.extract(bed.input({ source: { ...bed.input().source, allDatabases: true } }));
    expect(manifest.source.databases).toEqual(expect.arrayContaining(['archive', bed.postgres.database]));
    expect(new Set(manifest.counts.map(({ database }) => database))).toEqual(new Set(manifest.source.databases));
  }, 60_000);

  it('selects by filters, and fails when they select nothing', async () => {
    const manifest = await bed.extract(bed.input({ filters: { include: [{ schema: 'sales' }] } }));
    expect(manifest.entities['Schema']).toBe(1);
    expect(await bed.failureOf(bed.input({ filters: { include: [{ database: 'nowhere' }] } }))).toMatchObject({
      type: 'SQL_NOTHING_SELECTED',
      message: expect.stringContaining(bed.postgres.database) as unknown,
    });
  }, 60_000);
});

function oneColumnMore(records: CatalogRecord[]): CatalogRecord[] {
  return records.map((record, at) => (at === 0 && 'columnCount' in record ? { ...record, columnCount: record.columnCount + 1 } : record));
}

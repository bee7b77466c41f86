import { gzipSync } from 'node:zlib';
import { createHash, randomUUID } from 'node:crypto';
import { execute } from '@tributary/testing/sql-sample';
import { waitFor } from '@tributary/testing/stack';
import type { ExtractionManifest, ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { compareRuns } from './difference/compare-runs.js';
import type { RunDifference } from './difference/difference-of.js';
import type { Problem } from './problems/problem-schema.js';
import type { Run } from './schemas.js';
import { CheckedClient } from './testdata/checked-client.js';
import { startFixture, type Fixture } from './testdata/fixture.js';
import { startSqlWorker, type SqlWorker } from './testdata/sql-worker.js';

let fixture: Fixture;
let worker: SqlWorker;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  worker = await startSqlWorker(fixture);
  http = await CheckedClient.of((await fixture.startApi()).url);
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  await fixture?.stop();
}, 60_000);

async function extract(input: ExtractSqlMetadataInput, headers: Record<string, string> = {}): Promise<Run> {
  const { body } = await http.post<Run>('/v1/runs/extract-sql-metadata', input, headers);
  await waitFor('the run to complete', async () => (await http.get<Run>(body.links.self)).body.status === 'completed');
  // The list of runs follows by fractions of a second.
  await waitFor('visibility', async () => {
    const { body: list } = await http.get<{ runs: Run[] }>('/v1/runs?status=completed');
    return list.runs.some(({ runId }) => runId === body.runId);
  });
  return (await http.get<Run>(body.links.self)).body;
}

const difference = (run: Run, query = '') => http.get<RunDifference>(`/v1/runs/${run.workflowId}/difference?runId=${run.runId}${query}`);
const names = (entities: readonly { typeName: string; qualifiedName: string }[]): string[] => entities.map(({ typeName, qualifiedName }) => `${typeName} ${qualifiedName}`).sort();

describe('the difference of two extractions', () => {
  it('is what was done to the database between them, and nothing when nothing was', async () => {
    await execute(worker.postgres.url, 'CREATE TABLE hr.before_it (id integer PRIMARY KEY, note text)');
    const input = worker.input('changes', { filters: { include: [{ schema: 'hr' }] } });
    const first = await extract(input);
    expect(await difference(first)).toMatchObject({ status: 404, body: { code: 'DIFFERENCE_NOTHING_BEFORE' } });
    // By another workflow id, so that the run before is found by its connection.
    const same = await extract(input, { 'idempotency-key': randomUUID() });
    const none = (await difference(same)).body;
    expect(none).toMatchObject({ before: { runId: first.runId }, after: { runId: same.runId }, added: [], removed: [], changed: [], truncated: false, caveats: [] });
    expect(none.counts.find(({ typeName }) => typeName === 'Column')).toMatchObject({ added: 0, removed: 0, changed: 0, unchanged: expect.any(Number) as number });

    const at = `default/postgres/changes/${worker.postgres.database}/hr`;
    await execute(
      worker.postgres.url,
      `DROP TABLE hr.before_it; CREATE TABLE hr.after_it (id integer, "odd,name" text);
       COMMENT ON SCHEMA hr IS 'Changed'; INSERT INTO hr.after_it SELECT n, 'x' FROM generate_series(1, 1000) n; ANALYZE hr.after_it`,
    );
    const next = await extract(input);
    const { body: changes } = await difference(next);
    expect(changes.before.runId).toBe(same.runId);
    expect(names(changes.added)).toEqual([`Column ${at}/after_it/id`, `Column ${at}/after_it/odd,name`, `Table ${at}/after_it`]);
    expect(names(changes.removed)).toEqual([
      `Column ${at}/before_it/id`,
      `Column ${at}/before_it/note`,
      `Index ${at}/before_it/_indexes_/before_it_pkey`,
      `PrimaryKey ${at}/before_it/_constraints_/before_it_pkey`,
      `Table ${at}/before_it`,
    ]);
    const schema = changes.changed.find(({ typeName }) => typeName === 'Schema');
    expect(schema?.attributes).toContainEqual({ name: 'description', after: 'Changed' });
    expect(JSON.stringify(changes.changed)).not.toContain('lastSync');
    // Every count is what is listed: nothing was cut.
    expect(changes.truncated).toBe(false);
    const sum = (change: 'added' | 'removed' | 'changed'): number => changes.counts.reduce((total, row) => total + row[change], 0);
    expect([sum('added'), sum('removed'), sum('changed')]).toEqual([changes.added.length, changes.removed.length, changes.changed.length]);

    // Seen from the other side it is the same; over two runs as over one.
    expect((await difference(same, `&to=${next.runId}`)).body).toEqual(changes);
    expect(names((await difference(next, `&to=${first.runId}`)).body.removed)).toEqual(names(changes.removed));
    const columns = (await difference(next, '&type=Column')).body;
    expect(columns.counts.map(({ typeName }) => typeName)).toEqual(['Column']);
    const cut = (await difference(next, '&limit=1')).body;
    expect([cut.added.length, cut.removed.length, cut.truncated, cut.counts]).toEqual([1, 1, true, changes.counts]);
    // Many at a time are answered all the same.
    const parallel = await Promise.all(Array.from({ length: 6 }, () => difference(next)));
    expect(parallel.map(({ body }) => body)).toEqual(Array(6).fill(changes));
  }, 90_000);

  it('counts estimates only when asked, and says what makes it doubtful', async () => {
    await execute(worker.postgres.url, 'CREATE TABLE hr.grows (id integer); ANALYZE hr.grows');
    const first = await extract(worker.input('doubtful', { filters: { include: [{ schema: 'hr' }] } }));
    await execute(worker.postgres.url, 'INSERT INTO hr.grows SELECT generate_series(1, 5000); ANALYZE hr.grows');
    const second = await extract(worker.input('doubtful', { filters: { include: [{ schema: 'hr' }, { schema: 'sales' }] } }));
    const { body } = await difference(second, '&type=Table');
    expect(body).toMatchObject({ before: { runId: first.runId }, changed: [], removed: [], caveats: ['The runs have different filters.'] });
    expect(body.added.length).toBeGreaterThan(3);
    const grown = (await difference(second, '&type=Table&statistics=true')).body.changed;
    expect(grown.find(({ qualifiedName }) => qualifiedName.endsWith('/grows'))?.attributes).toContainEqual({ name: 'rowCount', before: expect.any(String) as string, after: '5000' });
  }, 60_000);

  it('is refused where there is none', async () => {
    const run = await extract(worker.input('refused', { filters: { include: [{ schema: 'hr' }] } }));
    const other = await extract(worker.input('refused-other', { filters: { include: [{ schema: 'hr' }] } }));
    expect(await difference(run, `&to=${other.runId}`)).toMatchObject({ status: 409, body: { code: 'DIFFERENCE_OTHER_CONNECTION' } });
    expect(await difference(run, `&to=${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    expect(await http.get('/v1/runs/nobody/difference')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    for (const query of ['&to=latest', '&limit=1001', '&limit=-1', '&type=Nothing', '&odd=1', '&statistics=perhaps']) {
      expect(await difference(run, query)).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
    }
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    worker.fault = { activity: (name) => (name === 'extractBatch' ? held : undefined) };
    const { body } = await http.post<Run>('/v1/runs/extract-sql-metadata', worker.input('unpublished'));
    const early = await http.get<Problem>(`/v1/runs/${body.workflowId}/difference`);
    expect([early.status, early.body.code]).toEqual([409, 'RUN_NOT_PUBLISHED']);
    worker.fault = {};
    release();
  }, 60_000);
});

describe('comparing', () => {
  const entity = (n: number, changed: boolean): string => JSON.stringify({ typeName: 'Column', attributes: { name: `c${n}`, qualifiedName: `t/${n}`, description: changed ? 'new' : 'old', lastSyncRun: randomUUID() }, customAttributes: {} });
  const total = 200_000;

  async function publish(key: string, from: number, to: number, isChanged: (n: number) => boolean): Promise<ExtractionManifest> {
    const lines: string[] = [];
    for (let n = from; n < to; n++) lines.push(entity(n, isChanged(n)));
    const body = gzipSync(`${lines.join('\n')}\n`, { level: 1 });
    await fixture.objects.put(key, body);
    const shard = { uri: key, sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length, records: to - from, content: 'entities', database: 'd', kind: 'column', typeName: 'Column' };
    return { entities: { Column: to - from }, shards: [shard] } as unknown as ExtractionManifest;
  }

  it(`${total} entities takes memory for their fingerprints, not for them`, async () => {
    const before = await publish('compare/before.jsonl.gz', 0, total, () => false);
    const after = await publish('compare/after.jsonl.gz', 10, total + 20, (n) => n % 1_000 === 0);
    const { signal } = new AbortController();
    await compareRuns(fixture.objects, before, after, { limit: 5, statistics: false, signal });
    const heap = process.memoryUsage().heapUsed;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().heapUsed - heap)), 20);
    const { counts, added, removed, changed } = await compareRuns(fixture.objects, before, after, { limit: 5, statistics: false, signal });
    clearInterval(watch);
    expect(counts.get('Column')).toEqual({ added: 20, removed: 10, changed: total / 1_000 - 1, unchanged: total - 10 - (total / 1_000 - 1) });
    expect([added.length, removed.length, changed.length]).toEqual([5, 5, 5]);
    expect(changed[0]).toEqual({ typeName: 'Column', qualifiedName: 't/1000', attributes: [{ name: 'description', before: 'old', after: 'new' }] });
    expect(most).toBeLessThan(100 * 1024 * 1024);
  }, 60_000);

  it('stops when nobody waits for it any more', async () => {
    const manifest = await publish('compare/stopped.jsonl.gz', 0, 1_000, () => false);
    const signal = AbortSignal.abort();
    await expect(compareRuns(fixture.objects, manifest, manifest, { limit: 5, statistics: false, signal })).rejects.toThrow();
  });
});

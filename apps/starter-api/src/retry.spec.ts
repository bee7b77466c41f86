import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { latestRunKey, type LatestRun } from '@tributary/sql-metadata/activities';
import { waitFor } from '@tributary/testing/stack';
import type { ExtractionManifest, ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import type { Problem } from './problems/problem-schema.js';
import type { Run } from './schemas.js';
import { CheckedClient } from './testdata/checked-client.js';
import { startFixture, type Fixture } from './testdata/fixture.js';
import { startSqlWorker, type SqlWorker } from './testdata/sql-worker.js';

const START = '/v1/runs/extract-sql-metadata';

type Retried = Run & { retryOf: string; from?: string };

let fixture: Fixture;
let worker: SqlWorker;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  worker = await startSqlWorker(fixture);
  http = await CheckedClient.of((await fixture.startApi()).url);
}, 120_000);

beforeEach(() => {
  worker.fault = {};
  worker.begun.length = 0;
});

afterAll(async () => {
  await worker?.stop();
  await fixture?.stop();
}, 60_000);

const fatal = (code: string) => ApplicationFailure.nonRetryable(`Broken to order: ${code}`, code, { code, status: 500, recovery: 'fatal', fix: 'Mend it.', parameters: {} });
const failing = (activity: string) => ({ activity: (name: string) => (name === activity ? Promise.reject(fatal('BROKEN')) : undefined) });
const readRun = async (path: string): Promise<Run> => (await http.get<Run>(path)).body;
const retry = (run: Pick<Run, 'workflowId' | 'runId'>) => http.post<Retried>(`/v1/runs/${run.workflowId}/retry?runId=${run.runId}`);

async function ended(path: string): Promise<Run> {
  await waitFor('the run to end', async () => (await readRun(path)).status !== 'running');
  return readRun(path);
}

async function failed(input: ExtractSqlMetadataInput): Promise<Run> {
  const { body } = await http.post<Run>(START, input);
  const run = await ended(body.links.self);
  expect(run.status).toBe('failed');
  return run;
}

async function bytesOf(key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fixture.objects.get(key)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The manifest of a completed run, every object of it read and compared. */
async function wholeManifest(run: Run): Promise<ExtractionManifest> {
  const result = run.result as { manifest: { uri: string } };
  const manifest = JSON.parse((await bytesOf(result.manifest.uri)).toString()) as ExtractionManifest;
  for (const { uri, sha256 } of manifest.shards) expect([uri, createHash('sha256').update(await bytesOf(uri)).digest('hex')]).toEqual([uri, sha256]);
  for (const { source, raw, entities, quarantined } of manifest.counts) expect([raw, entities + quarantined]).toEqual([source, source]);
  return manifest;
}

async function keysOf(connection: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of fixture.objects.list(`sql-metadata/default/postgres/${connection}/`)) keys.push(key);
  return keys;
}

describe('an extraction that is retried', () => {
  it.each([
    ['checkSource', 'checkSource', ['checkSource', 'planDatabase', 'extractBatch']],
    ['planDatabase', 'planDatabase', ['planDatabase', 'extractBatch']],
    ['verifyDatabase', 'extractBatch', ['extractBatch', 'verifyDatabase']],
    ['publishRun', 'extractBatch', ['extractBatch', 'verifyDatabase', 'publishRun']],
  ])('after it failed in %s goes on from %s, and its numbers add up', async (stage, from, order) => {
    const connection = `retry-${stage}`;
    worker.fault = failing(stage);
    const input = worker.input(connection);
    const first = await failed(input);
    expect(first.failure).toMatchObject({ code: 'BROKEN' });
    // Tidying has deleted what was staged: what the failed run has read is gone.
    expect(await keysOf(connection)).toEqual([]);
    worker.fault = {};
    worker.begun.length = 0;

    const retried = await retry(first);
    expect(retried).toMatchObject({ status: 202, body: { workflowId: first.workflowId, retryOf: first.runId, from } });
    expect(retried.body.runId).not.toBe(first.runId);
    expect(retried.headers.get('location')).toBe(retried.body.links.self);
    const run = await ended(retried.body.links.self);
    expect(run).toMatchObject({ status: 'completed', connection: `default/postgres/${connection}`, runId: retried.body.runId });
    expect([...new Set(worker.begun)].slice(0, order.length)).toEqual(order);

    const manifest = await wholeManifest(run);
    expect(manifest).toMatchObject({ runId: run.runId, workflowId: run.workflowId });
    expect(manifest.entities['Table']).toBeGreaterThan(5);
    // Everything that is listed is of this run, and nothing else is left of either.
    const keys = await keysOf(connection);
    expect(keys.sort()).toEqual([(run.result as { manifest: { uri: string } }).manifest.uri, ...manifest.shards.map(({ uri }) => uri)].sort());
    expect(keys.every((key) => key.includes(run.runId))).toBe(true);
    expect((await worker.state.get<LatestRun>(latestRunKey(`default/postgres/${connection}`)))?.value.runId).toBe(run.runId);
    expect(Date.parse(run.startTime)).toBeGreaterThan(Date.parse(first.startTime));
    // The one that failed says what became of it, and stays what it was.
    expect(await readRun(first.links.self)).toMatchObject({ status: 'failed', retriedAs: run.runId, failure: { code: 'BROKEN' } });
  }, 60_000);

  it('after publishing had got as far as its manifest leaves that one to its readers', async () => {
    const set = worker.state.set.bind(worker.state);
    worker.state.set = () => Promise.reject(fatal('STATE_BROKEN'));
    const first = await failed(worker.input('half-published'));
    worker.state.set = set;
    const before = await keysOf('half-published');
    expect(before.some((key) => key.endsWith(`${first.runId}/manifest.json`))).toBe(true);
    const run = await ended((await retry(first)).body.links.self);
    expect(run.status).toBe('completed');
    await wholeManifest(run);
    expect(await keysOf('half-published')).toEqual(expect.arrayContaining(before));
    expect((await worker.state.get<LatestRun>(latestRunKey('default/postgres/half-published')))?.value.runId).toBe(run.runId);
  }, 60_000);

  it('after it was terminated in the middle of reading reads anew', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    worker.fault = {
      records: async (kind, records) => {
        if (kind === 'column') await held;
        return records;
      },
    };
    const { body } = await http.post<Run>(START, worker.input('terminated'));
    await waitFor('reading', () => worker.begun.filter((name) => name === 'extractBatch').length === 8);
    expect(await http.post(`/v1/runs/${body.workflowId}/terminate?runId=${body.runId}`, { reason: 'it took too long' })).toMatchObject({ status: 200, body: { status: 'terminated' } });
    worker.fault = {};
    const retried = await retry(body);
    release();
    expect(retried).toMatchObject({ status: 202, body: { from: 'extractBatch' } });
    const run = await ended(retried.body.links.self);
    expect(run.status).toBe('completed');
    expect((await wholeManifest(run)).shards.every(({ uri }) => uri.includes(run.runId))).toBe(true);
  }, 60_000);

  it('and fails again can be retried again', async () => {
    worker.fault = failing('publishRun');
    const first = await failed(worker.input('again'));
    const second = await ended((await retry(first)).body.links.self);
    expect(second.status).toBe('failed');
    worker.fault = {};
    const third = await retry(second);
    expect(third).toMatchObject({ status: 202, body: { retryOf: second.runId, from: 'extractBatch' } });
    expect((await ended(third.body.links.self)).status).toBe('completed');
  }, 60_000);
});

describe('a retry', () => {
  it('asked for many times at once is one, and repeated later the same', async () => {
    worker.fault = failing('verifyDatabase');
    const first = await failed(worker.input('parallel'));
    worker.fault = {};
    const answers = await Promise.all(Array.from({ length: 8 }, () => retry(first)));
    expect(answers.map(({ status, body }) => [status, (body as unknown as Problem).code])).toEqual(Array(8).fill([202, undefined]));
    const runIds = new Set(answers.map(({ body }) => body.runId));
    expect(runIds.size).toBe(1);
    const run = await ended(answers[0]?.body.links.self ?? '');
    expect(run.status).toBe('completed');
    expect(await retry(first)).toMatchObject({ status: 202, body: { runId: run.runId, status: 'completed' } });
  }, 60_000);

  it('is refused to runs that have not failed, and to those that later ones have taken the place of', async () => {
    const { body } = await http.post<Run>(START, worker.input('fine'));
    const running = await retry(body);
    expect([running.status, (running.body as unknown as Problem).code]).toEqual([409, 'RUN_NOT_FAILED']);
    const run = await ended(body.links.self);
    expect(run.status).toBe('completed');
    expect(await retry(run)).toMatchObject({ status: 409, body: { code: 'RUN_NOT_FAILED', detail: expect.stringContaining('completed') as string } });

    worker.fault = failing('planDatabase');
    const failure = await failed(worker.input('stale'));
    worker.fault = {};
    const next = await ended((await http.post<Run>(START, worker.input('stale'))).body.links.self);
    expect(await retry(failure)).toMatchObject({ status: 409, body: { code: 'RUN_SUPERSEDED', run: next.links.self } });
    expect((await readRun(next.links.self)).status).toBe('completed');
  }, 60_000);

  it('ends no other extraction of the connection', async () => {
    worker.fault = failing('planDatabase');
    const first = await failed(worker.input('busy'));
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    worker.fault = { activity: (name) => (name === 'extractBatch' ? held : undefined) };
    const keyed = await http.post<Run>(START, worker.input('busy'), { 'idempotency-key': 'another-start-1' });
    expect(keyed.status).toBe(202);
    expect(await retry(first)).toMatchObject({ status: 409, body: { code: 'RUN_ALREADY_RUNNING', run: keyed.body.links.self } });
    release();
    expect((await ended(keyed.body.links.self)).status).toBe('completed');
    // Now nothing stands in its way.
    worker.fault = {};
    const retried = await retry(first);
    expect(retried.status).toBe(202);
    // While it runs, nothing else starts beside it.
    const other = await http.post<Problem>(START, worker.input('busy'));
    expect([other.status, other.body.code]).toEqual([409, 'RUN_ALREADY_RUNNING']);
    expect((await ended(retried.body.links.self)).status).toBe('completed');
  }, 60_000);

  it('of what is no run, or was never begun, is refused', async () => {
    expect(await http.post('/v1/runs/nobody/retry')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    await fixture.client.workflow.start('somethingElse', { workflowId: 'no-run', taskQueue: 'nobody' });
    expect(await http.post('/v1/runs/no-run/retry')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    const { workflowId } = await fixture.client.workflow.start('extractSqlMetadata', { workflowId: 'unbegun', taskQueue: 'nobody', args: [worker.input('unbegun')] });
    await http.post(`/v1/runs/${workflowId}/terminate`, { reason: 'nobody takes it' });
    expect(await http.post(`/v1/runs/${workflowId}/retry`)).toMatchObject({ status: 409, body: { code: 'RUN_NOT_RESETTABLE' } });
  });
});

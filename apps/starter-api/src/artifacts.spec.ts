import { createHash } from 'node:crypto';
import { appendFile, rm } from 'node:fs/promises';
import { request as rawRequest } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ArtifactList, Run } from './schemas.js';
import { SHARD_TEXT } from './testdata/activities.js';
import { bearer } from './testdata/access.js';
import { CheckedClient } from './testdata/checked-client.js';
import { inputFor, startFixture, type Fixture } from './testdata/fixture.js';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.startWorker();
  http = await CheckedClient.of((await fixture.startApi()).url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

async function publish(connection: string): Promise<{ run: Run; list: ArtifactList; href: string; key: string }> {
  const { body: run } = await http.post<Run>(START, inputFor('publish', connection));
  await fixture.client.workflow.getHandle(run.workflowId).result();
  const { body: list } = await http.get<ArtifactList>(run.links.artifacts);
  const { href = '', key = '' } = list.artifacts[0] ?? {};
  return { run, list, href, key };
}

/** A request as it stands: `fetch` unpacks by itself, and tidies paths up. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const { hostname, port } = new URL(http.url);
    const request = rawRequest({ hostname, port, path, method, headers: { ...bearer(), ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject).end();
  });
}

describe('the artifacts of a run', () => {
  it('are what its manifest lists, and the manifest', async () => {
    const { run, list } = await publish('list');
    const prefix = `sql-metadata/default/postgres/list/${run.runId}`;
    expect(list.manifest?.key).toBe(`${prefix}/manifest.json`);
    expect(list.artifacts).toMatchObject([
      { key: `${prefix}/entities/a%2Fb%20c%25d%3F%C3%A9/Column/part-00001.jsonl.gz`, content: 'entities', typeName: 'Column', records: 500 },
    ]);
    const manifest = await http.call('GET', list.manifest?.href ?? '');
    expect(manifest.headers.get('content-type')).toContain('application/json');
    expect(createHash('sha256').update(manifest.text).digest('hex')).toBe(list.manifest?.sha256);
  });

  it('come unpacked to a client that does not take gzip, and as stored to one that does', async () => {
    const { list, href } = await publish('encodings');
    const sha256 = list.artifacts[0]?.sha256 ?? '';
    const plain = await raw(href);
    expect(plain).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson', etag: `W/"${sha256}"`, vary: 'accept-encoding' } });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.body.toString()).toBe(SHARD_TEXT);
    const stored = await raw(href, { 'accept-encoding': 'gzip, br' });
    expect(stored).toMatchObject({
      status: 200,
      headers: { 'content-encoding': 'gzip', 'accept-ranges': 'bytes', etag: `"${sha256}"`, 'content-length': String(list.artifacts[0]?.bytes) },
    });
    expect(createHash('sha256').update(stored.body).digest('hex')).toBe(sha256);
    expect(gunzipSync(stored.body).toString()).toBe(SHARD_TEXT);
    const head = await raw(href, { 'accept-encoding': 'gzip' }, 'HEAD');
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(stored.body.length) } });
    expect(head.body).toHaveLength(0);
  });

  it('come in byte ranges that put together are the whole', async () => {
    const { list, href } = await publish('ranges');
    const bytes = list.artifacts[0]?.bytes ?? 0;
    const part = (range: string, more = {}) => raw(href, { 'accept-encoding': 'gzip', range, ...more });
    const first = await part('bytes=0-99');
    expect(first).toMatchObject({ status: 206, headers: { 'content-range': `bytes 0-99/${bytes}`, 'content-length': '100' } });
    const rest = await part('bytes=100-');
    expect(rest.headers['content-range']).toBe(`bytes 100-${bytes - 1}/${bytes}`);
    expect(gunzipSync(Buffer.concat([first.body, rest.body])).toString()).toBe(SHARD_TEXT);
    const end = await part('bytes=-10');
    expect(end.body).toEqual(rest.body.subarray(-10));
    expect(await part(`bytes=${bytes}-`)).toMatchObject({
      status: 416,
      headers: { 'content-range': `bytes */${bytes}`, 'content-type': expect.stringContaining('application/problem+json') as string },
    });
    // A part of another version would not fit to what the client has.
    expect((await part('bytes=0-99', { 'if-range': `"${'0'.repeat(64)}"` })).status).toBe(200);
    expect((await part('bytes=0-99', { 'if-range': String(first.headers['etag']) })).status).toBe(206);
    // Ranges are of the stored bytes: of the unpacked text there are none.
    expect(await raw(href, { range: 'bytes=0-99' })).toMatchObject({ status: 200 });
  });

  it('are not sent again to a client that has them', async () => {
    const { href, list } = await publish('etag');
    const etag = `"${list.artifacts[0]?.sha256}"`;
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await raw(href, { 'if-none-match': header });
      expect(answer.status).toBe(304);
      expect(answer.body).toHaveLength(0);
    }
    expect((await raw(href, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('are nothing else: no other object, no way out of the store', async () => {
    const { run, key } = await publish('closed');
    const other = await publish('closed-other');
    const base = `/v1/runs/${run.workflowId}/artifacts`;
    const work = `sql-metadata/default/postgres/closed/${run.runId}/work/secret-plans.json`;
    expect(await fixture.objects.stat(work)).toBeDefined();
    const paths = [
      work,
      other.key.split('/').map(encodeURIComponent).join('/'),
      '..%2F..%2F..%2Fetc%2Fpasswd',
      '%2Fetc%2Fpasswd',
      `${key.split('/').slice(0, 5).join('/')}/%2E%2E/${run.runId}/manifest.json`,
      key, // not encoded: its % make another key
      'x',
    ];
    for (const path of paths) {
      const answer = await raw(`${base}/${path}`);
      expect([path, answer.status, (JSON.parse(answer.body.toString()) as { code: string }).code]).toEqual([path, 404, 'ARTIFACT_UNKNOWN']);
    }
    expect((await raw(`${base}/../../../../etc/passwd`)).status).toBe(404);
    expect((await raw(`${base}/%`)).status).toBe(400);
  });

  it('are refused while there are none', async () => {
    const { body: run } = await http.post<Run>(START, inputFor('wait', 'early'));
    expect(await http.get(run.links.artifacts)).toMatchObject({ status: 409, body: { code: 'RUN_NOT_PUBLISHED', detail: expect.stringContaining('running') as string } });
    await fixture.client.workflow.getHandle(run.workflowId).signal('finish');
    expect(await http.get('/v1/runs/nobody/artifacts')).toMatchObject({ status: 404 });
    expect(await http.get('/v1/runs/nobody/artifacts/x')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
  });

  it('come as CSV or as JSON lines by name', async () => {
    const { list, href } = await publish('formats');
    const sha256 = list.artifacts[0]?.sha256 ?? '';
    const csv = await raw(`${href}&format=csv`, { 'accept-encoding': 'gzip', range: 'bytes=0-9' });
    expect(csv).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/csv; charset=utf-8; header=present', etag: `W/"${sha256}.csv"`, 'content-disposition': 'attachment; filename="Column-part-00001.csv"' },
    });
    const rows = csv.body.toString().split('\r\n');
    expect([rows[0], rows[1], rows[500], rows[501], rows.length]).toEqual(['typeName,n', 'Column,0', 'Column,499', '', 502]);
    const head = await raw(`${href}&format=csv`, {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect((await raw(`${href}&format=csv`, { 'if-none-match': `W/"${sha256}.csv"` })).status).toBe(304);
    // What a client has as JSON lines it does not have as CSV.
    expect((await raw(`${href}&format=csv`, { 'if-none-match': `"${sha256}"` })).status).toBe(200);
    expect((await raw(`${href}&format=jsonl`)).body.toString()).toBe(SHARD_TEXT);
    expect(await http.get(`${list.manifest?.href ?? ''}&format=csv`)).toMatchObject({ status: 400, body: { code: 'ARTIFACT_NOT_LINES' } });
    expect(await http.get(`${href}&format=xls`)).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
    const parallel = await Promise.all(Array.from({ length: 8 }, () => raw(`${href}&format=csv`)));
    for (const { body } of parallel) expect(body.equals(csv.body)).toBe(true);
  });

  it('that are damaged are not passed off as whole', async () => {
    const { run, href, key } = await publish('damage');
    await appendFile(join(fixture.folder, key), 'x');
    for (const format of ['', '&format=csv']) {
      expect(await http.get(`${href}${format}`)).toMatchObject({ status: 500, body: { code: 'ARTIFACT_DAMAGED', detail: expect.stringContaining('bytes in place of') as string } });
    }
    await rm(join(fixture.folder, key));
    expect(await http.get(href)).toMatchObject({ status: 500, body: { detail: expect.stringContaining('gone') as string } });
    // Another API has not seen the manifest yet.
    const fresh = await CheckedClient.of((await fixture.startApi()).url);
    await fixture.objects.put(`sql-metadata/default/postgres/damage/${run.runId}/manifest.json`, Buffer.from('{}'));
    expect(await fresh.get(run.links.artifacts)).toMatchObject({ status: 500, body: { code: 'ARTIFACT_DAMAGED', detail: expect.stringContaining('digest') as string } });
  });
});

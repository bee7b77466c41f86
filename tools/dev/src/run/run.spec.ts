import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExtractionManifest, ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import { Screen } from '../terminal/index.js';
import { ApiClient } from './api-client.js';
import { progressLine, progressLines, ProgressView } from './progress-view.js';
import { serverSentEvents, type ServerSentEvent } from './server-sent-events.js';
import { summaryLines } from './summary.js';

const PROGRESS: ExtractionProgress = {
  phase: 'extracting',
  done: 2_000,
  total: 4_000,
  rate: 1_234.4,
  phaseMillis: {},
  batches: [
    { database: 'sales', kind: 'relation', state: 'done', done: 1_000, total: 1_000 },
    { database: 'sales', kind: 'column', state: 'running', done: 1_000, total: 2_000 },
    { database: 'hr', kind: 'column', state: 'planned', done: 0, total: 1_000 },
  ],
};

describe('server-sent events', () => {
  const TEXT = 'retry: 2000\n\n: hello\n\nevent: progress\ndata: {"a":"ü"}\n\ndata: one\r\ndata: two\r\n\r\nevent: end\ndata: cut off';

  it.each([1, 2, 3, 7, 1_000])('are the same in pieces of %d bytes', async (size) => {
    const bytes = Buffer.from(TEXT);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield Promise.resolve(bytes.subarray(at, at + size)) as never;
    }
    const events: ServerSentEvent[] = [];
    for await (const event of serverSentEvents(pieces())) events.push(event);
    expect(events).toEqual([{ event: 'progress', data: '{"a":"ü"}' }, { event: 'message', data: 'one\ntwo' }]);
  });
});

describe('progress', () => {
  it('is a bar for the run and one for each running batch', () => {
    expect(progressLines(PROGRESS)).toEqual([
      `${'█'.repeat(15)}${'░'.repeat(15)} extracting: 2,000 of 4,000 records, 1,234 records/s, 1 of 3 batches`,
      `  ${'█'.repeat(8)}${'░'.repeat(8)}  sales  column  1,000/2,000`,
    ]);
  });

  it('has no numbers before there is a plan', () => {
    expect(progressLine({ ...PROGRESS, phase: 'checking', done: 0, total: 0 })).toBe('checking');
  });

  it('is a plain line for each phase where nothing can be redrawn', () => {
    let text = '';
    const view = new ProgressView(new Screen({ write: (piece) => (text += piece) }));
    view.show(PROGRESS);
    view.show({ ...PROGRESS, done: 2_001 });
    view.show({ ...PROGRESS, phase: 'verifying' });
    view.end();
    expect(text.split('\n').map((line) => line.split(':')[0])).toEqual(['extracting', 'verifying', '']);
  });
});

it('sums up what was found', () => {
  const manifest = {
    source: { serverVersion: '18.4' },
    shards: [{ bytes: 1_500 }, { bytes: 500 }],
    quarantine: [{ code: 'ATLAS_RECORD_INVALID', count: 3 }],
    reports: [{ scope: { database: 'archive' }, verdict: 'unreadable', reason: 'no CONNECT', fix: 'GRANT CONNECT', count: 1 }],
  } as unknown as ExtractionManifest;
  const result = {
    manifest: { uri: 'sql-metadata/x/manifest.json', sha256: '', bytes: 1, records: 1 },
    entities: { Table: 12, Column: 1_200 },
    quarantined: 3,
    warnings: 1,
    phaseMillis: { checking: 40, extracting: 2_000 },
  };
  expect(summaryLines({ result, manifest, elapsedMs: 2_100, objects: '/objects' })).toEqual([
    '1,212 entities of 2 types from PostgreSQL 18.4 in 2.1 s',
    '',
    '  Column  1,200',
    '  Table      12',
    '',
    'Quarantined  3:',
    '  ATLAS_RECORD_INVALID  3',
    'Reports      1:',
    '  unreadable: archive: no CONNECT',
    '    → GRANT CONNECT',
    'Phases       checking 40 ms, extracting 2.0 s',
    'Artifacts    2 files, 2.0 kB; manifest /objects/sql-metadata/x/manifest.json',
  ]);
});

describe('API client', () => {
  let server: Server;
  let client: ApiClient;
  let streams: number;
  let left: string[];
  let calls: string[];
  let credentials: Set<string | undefined>;
  const RUN = { workflowId: 'w', runId: 'r', status: 'running', startTime: '', links: { self: '/run', progress: '/progress', artifacts: '/artifacts' } };

  beforeEach(async () => {
    streams = 0;
    left = [];
    calls = [];
    credentials = new Set();
    server = createServer((request, response) => {
      credentials.add(request.headers.authorization);
      calls.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (request.url?.startsWith('/v1/runs?status=running')) {
        response.end(JSON.stringify({ runs: left.map((id) => ({ ...RUN, workflowId: id, runId: id })) }));
      } else if (request.url?.endsWith('/cancel')) {
        left = left.filter((id) => request.url !== `/v1/runs/${encodeURIComponent(id)}/cancel`);
        // One has ended by itself meanwhile.
        response.statusCode = request.url.includes('/c/') ? 409 : 202;
        response.end('{}');
      } else if (request.url === '/progress') {
        streams += 1;
        response.setHeader('content-type', 'text/event-stream');
        response.write(`event: progress\ndata: ${JSON.stringify({ ...PROGRESS, done: streams })}\n\n`, () => {
          // The first stream breaks off.
          if (streams === 1) response.destroy();
          else response.end(`event: end\ndata: ${JSON.stringify({ ...RUN, status: 'completed' })}\n\n`);
        });
      } else if (request.url === '/run') {
        response.end(JSON.stringify(RUN));
      } else {
        response.statusCode = 409;
        response.end(JSON.stringify({ code: 'RUN_ALREADY_RUNNING', detail: 'It runs', fix: 'Wait' }));
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = new ApiClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'trib_key', 'api.log');
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('cancels what was left running, and asks none of it for its progress', async () => {
    left = ['a/b', 'c'];
    const found: number[] = [];
    await client.cancelRunning('extractSqlMetadata', (count) => found.push(count));
    expect(found).toEqual([2]);
    expect(calls).toEqual([
      'GET /v1/runs?status=running&type=extractSqlMetadata&pageSize=200',
      'POST /v1/runs/a%2Fb/cancel',
      'POST /v1/runs/c/cancel',
      'GET /v1/runs?status=running&type=extractSqlMetadata&pageSize=200',
    ]);
  });

  it('takes a broken stream up again', async () => {
    const seen: number[] = [];
    await expect(client.follow(RUN, ({ done }: ExtractionProgress) => seen.push(done))).resolves.toMatchObject({ status: 'completed' });
    expect(seen).toEqual([1, 2]);
    expect([...credentials]).toEqual(['Bearer trib_key']);
  });

  it('says what the API refuses', async () => {
    const refused = client.start('extract-sql-metadata', { connection: { name: 'a', qualifiedName: 'a' }, source: { type: 'postgres', host: 'h', user: 'u' } });
    await expect(refused).rejects.toMatchObject({
      code: 'DEV_API_REFUSED',
      message: 'The API answered 409 to POST /v1/runs/extract-sql-metadata: RUN_ALREADY_RUNNING. It runs. Wait',
    });
  });
});

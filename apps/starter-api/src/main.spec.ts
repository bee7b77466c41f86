import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ManagedProcess } from '@tributary/dev/process';
import { freePorts } from '@tributary/dev/servers';
import type { Run } from './schemas.js';
import { TEST_KEY_ENTRIES } from './testdata/access.js';
import { CheckedClient } from './testdata/checked-client.js';
import { openEvents } from './testdata/event-reader.js';
import { inputFor, startFixture, type Fixture } from './testdata/fixture.js';

const MAIN = join(__dirname, 'main.ts');
const FROM_SOURCE = ['--conditions=@tributary/source', '--import', 'tsx', MAIN];

let fixture: Fixture;
let folder: string;

beforeAll(async () => {
  fixture = await startFixture();
  folder = await mkdtemp(join(tmpdir(), 'starter-api-main-'));
}, 60_000);

afterAll(async () => {
  await fixture.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function startMain(environment: Record<string, string> = {}) {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child = await ManagedProcess.start({
    name: 'starter-api',
    command: process.execPath,
    args: FROM_SOURCE,
    env: {
      PATH: process.env['PATH'] ?? '',
      TEMPORAL_ADDRESS: fixture.temporal.address,
      TRIBUTARY_OBJECT_STORE_URL: pathToFileURL(join(folder, 'objects')).href,
      TRIBUTARY_API_PORT: String(port),
      TRIBUTARY_API_KEYS: TEST_KEY_ENTRIES,
      ...environment,
    },
    logFile: join(folder, `${port}.log`),
  });
  return { url, child };
}

describe('the process', () => {
  it('serves, and on SIGTERM ends its streams and exits 0 soon', async () => {
    const { url, child } = await startMain();
    await child.ready(async () => (await fetch(`${url}/readyz`)).status === 200, 30_000);
    const http = await CheckedClient.of(url);
    const { body } = await http.post<Run>('/v1/runs/extract-sql-metadata', inputFor('wait', 'sigterm'));
    const stream = await openEvents(`${url}${body.links.progress}`);
    await stream.next(({ name }) => name === 'unavailable');
    const before = performance.now();
    const { code } = await child.stop();
    expect(code).toBe(0);
    expect(performance.now() - before).toBeLessThan(5_000);
    await stream.closed();
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
  }, 60_000);

  it("continues the client's trace into the workflow, and exports its spans", async () => {
    const traceId = randomBytes(16).toString('hex');
    const collector = await startCollector();
    const { url, child } = await startMain({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await child.ready(async () => (await fetch(`${url}/readyz`)).status === 200, 30_000);
    const http = await CheckedClient.of(url);
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    const { body } = await http.post<Run>('/v1/runs/extract-sql-metadata', inputFor('wait', 'traced'), { traceparent });
    const { events } = await fixture.client.workflow.getHandle(body.workflowId).fetchHistory();
    const header = events?.[0]?.workflowExecutionStartedEventAttributes?.header?.fields ?? {};
    const carried = Object.values(header).map(({ data }) => Buffer.from(data ?? []).toString());
    expect(carried.join()).toContain(traceId);
    await child.stop();
    const spans = collector.received.join();
    expect(spans).toContain(traceId);
    expect(spans).toContain('POST /v1/runs/extract-sql-metadata');
    await collector.close();
  }, 60_000);

  it('says what is wrong with its environment and exits 1', async () => {
    const { child } = await startMain({ TRIBUTARY_API_RATE_LIMT: '5', TRIBUTARY_API_MAX_STREAMS: 'many' });
    const { code, log } = await ended(child);
    expect(code).toBe(1);
    expect(log).toContain('TRIBUTARY_API_RATE_LIMT is unknown. Did you mean TRIBUTARY_API_RATE_LIMIT?');
    expect(log).toContain('TRIBUTARY_API_MAX_STREAMS is not an integer');
  }, 30_000);
});

/** Takes what is exported over OTLP. */
async function startCollector(): Promise<{ url: string; received: string[]; close(): Promise<void> }> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, received, close };
}

async function ended(child: ManagedProcess): Promise<{ code: number | null; log: string }> {
  const { code } = await child.exited;
  return { code, log: await readFile(child.logFile, 'utf8') };
}

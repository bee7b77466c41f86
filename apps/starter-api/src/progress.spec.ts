import { waitFor } from '@tributary/testing/stack';
import type { ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import type { Problem } from './problems/problem-schema.js';
import type { Run } from './schemas.js';
import { CheckedClient } from './testdata/checked-client.js';
import { openEvents } from './testdata/event-reader.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from './testdata/fixture.js';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let api: ApiUnderTest;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.startWorker();
  api = await fixture.startApi({ limits: { rateLimit: 100_000, maxRequests: 100, maxStreams: 3 } });
  http = await CheckedClient.of(api.url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

const openStreams = async (): Promise<number> =>
  Number(/^tributary_api_open_streams (\d+)$/m.exec((await http.get('/metrics')).text)?.[1] ?? 0);
const start = async (behaviour: string, connection: string): Promise<Run> =>
  (await http.post<Run>(START, inputFor(behaviour, connection))).body;

describe('the progress stream', () => {
  it('sends progress, then the run as its end, and closes', async () => {
    const run = await start('beat', 'stream');
    const stream = await openEvents(`${api.url}${run.links.progress}`);
    expect(stream.status).toBe(200);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const moved = await stream.next((event) => event.name === 'progress' && (event.data as ExtractionProgress).done === 50);
    expect(moved.data).toMatchObject({ phase: 'extracting', total: 100 });
    await http.post(`/v1/runs/${run.workflowId}/cancel`);
    const end = await stream.next(({ name }) => name === 'end');
    expect(end.data).toMatchObject({ workflowId: run.workflowId, status: 'cancelled' });
    await stream.closed();
    await waitFor('the stream to be given back', async () => (await openStreams()) === 0);
  });

  it('goes on for longer than a request may take', async () => {
    const requestTimeoutMs = 1_000;
    const hasty = await fixture.startApi({ requestTimeoutMs });
    const run = await start('wait', 'long');
    const opened = performance.now();
    const stream = await openEvents(`${hasty.url}${run.links.progress}`);
    await stream.next(({ name }) => name === 'progress');
    await waitFor('the time of a request to pass', () => performance.now() - opened > 2 * requestTimeoutMs);
    await fixture.client.workflow.getHandle(run.workflowId).signal('finish');
    await stream.next(({ name }) => name === 'end');
  });

  it('sends nothing twice', async () => {
    const run = await start('wait', 'steady');
    const stream = await openEvents(`${api.url}${run.links.progress}`);
    await stream.next(({ name }) => name === 'progress');
    await fixture.client.workflow.getHandle(run.workflowId).signal('finish');
    await stream.next(({ name }) => name === 'end');
    await stream.closed();
    expect(stream.events.map(({ name }) => name)).toEqual(['progress', 'end']);
  });

  it('of a finished run is its end alone', async () => {
    const run = await start('publish', 'done');
    await fixture.client.workflow.getHandle(run.workflowId).result();
    const stream = await openEvents(`${api.url}${run.links.progress}`);
    expect((await stream.next(({ name }) => name === 'end')).data).toMatchObject({ status: 'completed', result: { entities: { Column: 500 } } });
    await stream.closed();
    expect(stream.events).toHaveLength(1);
  });

  it('tells when progress is not known, once', async () => {
    const run = await start('mute', 'mute');
    const stream = await openEvents(`${api.url}${run.links.progress}`);
    expect((await stream.next(({ name }) => name === 'unavailable')).data).toMatchObject({ code: 'RUN_PROGRESS_UNAVAILABLE' } satisfies Partial<Problem>);
    await fixture.client.workflow.getHandle(run.workflowId).signal('finish');
    await stream.next(({ name }) => name === 'end');
    expect(stream.events.map(({ name }) => name)).toEqual(['unavailable', 'end']);
  });

  it('is refused for an unknown run, and when too many are open; leaving gives the place back', async () => {
    expect(await http.get('/v1/runs/nobody/progress')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    const run = await start('wait', 'crowd');
    const streams = await Promise.all([1, 2, 3].map(() => openEvents(`${api.url}${run.links.progress}`)));
    await Promise.all(streams.map((stream) => stream.next(({ name }) => name === 'progress')));
    expect(await openStreams()).toBe(3);
    const refused = await http.get(run.links.progress);
    expect(refused).toMatchObject({ status: 503, body: { code: 'API_STREAMS_EXHAUSTED' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    streams[0]?.leave();
    await waitFor('the place to be given back', async () => (await openStreams()) === 2);
    const next = await openEvents(`${api.url}${run.links.progress}`);
    expect(next.status).toBe(200);
    for (const stream of [...streams, next]) stream.leave();
    await waitFor('all to be given back', async () => (await openStreams()) === 0);
    await fixture.client.workflow.getHandle(run.workflowId).signal('finish');
  });

  it('does not keep the API from closing', async () => {
    const other = await fixture.startApi();
    const run = await start('wait', 'closing');
    const stream = await openEvents(`${other.url}${run.links.progress}`);
    await stream.next(({ name }) => name === 'progress');
    await other.close();
    await stream.closed();
    await fixture.client.workflow.getHandle(run.workflowId).signal('finish');
  });
});

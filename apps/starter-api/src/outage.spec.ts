import { waitFor } from '@tributary/testing/stack';
import type { Run } from './schemas.js';
import { CheckedClient } from './testdata/checked-client.js';
import { openEvents } from './testdata/event-reader.js';
import { inputFor, startFixture, type Fixture } from './testdata/fixture.js';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  http = await CheckedClient.of((await fixture.startApi()).url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

describe('while something is down', () => {
  it('the status answers without a worker: progress is absent, with the reason; and is back with one', async () => {
    const { body } = await http.post<Run>(START, inputFor('wait', 'no-worker'));
    const before = performance.now();
    const run = await http.get<Run>(body.links.self);
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(run).toMatchObject({
      status: 200,
      body: {
        status: 'running',
        progressUnavailable: { code: 'RUN_PROGRESS_UNAVAILABLE', fix: expect.stringContaining('task queue sql-metadata') as string },
      },
    });
    expect(run.body).not.toHaveProperty('progress');

    const stream = await openEvents(`${http.url}${body.links.progress}`);
    await stream.next(({ name }) => name === 'unavailable');
    const worker = await fixture.startWorker();
    await stream.next(({ name }) => name === 'progress');
    stream.leave();
    await fixture.client.workflow.getHandle(body.workflowId).signal('finish');
    await waitFor('the run to complete', async () => (await http.get<Run>(body.links.self)).body.status === 'completed');
    await worker.stop();
  }, 30_000);

  it('a start waits for its worker: it is accepted', async () => {
    expect(await http.post(START, inputFor('publish', 'later'))).toMatchObject({ status: 202 });
  });

  it('requests that need Temporal are 503 with what to check, and the API is not ready but lives', async () => {
    await fixture.temporal.kill();
    const answers = await Promise.all([
      http.get('/v1/runs'),
      http.get('/v1/runs/some-run'),
      http.get('/v1/runs/some-run/progress'),
      http.post('/v1/runs/some-run/cancel'),
      http.post(START, inputFor('publish', 'down')),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'API_TEMPORAL_UNAVAILABLE' } });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(answer.text).not.toContain(fixture.temporal.address);
    }
    expect(await http.get('/readyz')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { temporal: { status: 'unavailable' }, objectStore: { status: 'ok' } } },
    });
    expect((await http.get('/livez')).status).toBe(200);
  }, 40_000);
});

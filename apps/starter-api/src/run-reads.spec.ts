import { randomUUID } from 'node:crypto';
import { msToTs } from '@temporalio/common/lib/time.js';
import { connectClient } from '@tributary/clients/temporal';
import { waitFor } from '@tributary/testing/stack';
import Ajv from 'ajv';
import type { Problem } from './problems/problem-schema.js';
import type { Run } from './schemas.js';
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

const statusOf = async (path: string): Promise<string> => (await http.get<Run>(path)).body.status;

describe('the filters of the list', () => {
  const found = async (query: string): Promise<string[]> => (await http.get<{ runs: Run[] }>(`/v1/runs?${query}`)).body.runs.map(({ workflowId }) => workflowId);

  it('find runs by connection, subject, time of start and beginning of the workflow id', async () => {
    const before = new Date(Date.now() - 1_000).toISOString();
    const plain = (await http.post<Run>(START, inputFor('publish', 'filter_1'))).body;
    await fixture.client.workflow.getHandle(plain.workflowId).result();
    const keyed = (await http.post<Run>(START, inputFor('publish', 'filter_1'), { 'idempotency-key': randomUUID() })).body;
    await http.post(START, inputFor('publish', 'filterX1'));
    const team = 'a team; or %, two';
    await http.post('/v1/runs/etl-flow', { type: team, args: {} });
    await waitFor('visibility', async () => (await found(`startedAfter=${before}`)).length >= 4);
    // The key hides the connection in the workflow id: it is found all the same, and no other.
    expect((await found('connection=default/postgres/filter_1')).sort()).toEqual([keyed.workflowId, plain.workflowId].sort());
    expect(await found('connection=default/postgres/filter_1&status=failed')).toEqual([]);
    expect(await found('connection=default/postgres')).toEqual([]);
    expect(await found(`subject=${encodeURIComponent(team)}`)).toHaveLength(1);
    // Characters that mean something in a pattern mean themselves.
    expect(await found('workflowIdPrefix=extract-sql-metadata~default~postgres~filter_')).toEqual([plain.workflowId]);
    expect(await found(`startedBefore=${before}&connection=default/postgres/filter_1`)).toEqual([]);
    const all = await found(`startedAfter=${before}&startedBefore=2190-01-01T00:00:00%2B05:00`);
    expect(all).toEqual(expect.arrayContaining([plain.workflowId, keyed.workflowId]));
    // A page token belongs to the filters that it came with.
    const page = await http.get<{ nextPageToken?: string }>('/v1/runs?pageSize=1&connection=default/postgres/filter_1');
    const token = page.body.nextPageToken ?? '';
    expect(await found(`pageSize=1&connection=default/postgres/filter_1&pageToken=${token}`)).toHaveLength(1);
    expect(await http.get(`/v1/runs?pageSize=1&connection=default/postgres/other&pageToken=${token}`)).toMatchObject({ status: 400, body: { code: 'API_PAGE_TOKEN_INVALID' } });
  });

  it.each([
    'connection=a%27%20OR%20%27%27=%27',
    'connection=/a',
    'subject=it%27s',
    'subject=%22',
    'subject=a%5Cb',
    'subject=',
    'workflowIdPrefix=%27',
    'workflowIdPrefix=',
    'startedAfter=yesterday',
    'startedAfter=2026-01-01',
    'startedAfter=2016-12-31T23:59:60Z',
    'startedBefore=0001-01-01T00:00:00Z',
    'startedBefore=2026-13-01T00:00:00Z',
  ])('refuse %s', async (query) => {
    expect(await http.get(`/v1/runs?${query}`)).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
  });

  it('are refused with what to do where the namespace has no search attributes, and runs start there all the same', async () => {
    const bare = 'bare';
    await fixture.client.workflowService.registerNamespace({ namespace: bare, workflowExecutionRetentionPeriod: msToTs('1 day') });
    const client = await connectClient({ address: fixture.temporal.address, namespace: bare });
    try {
      const api2 = await fixture.startApi({ client });
      const other = await CheckedClient.of(api2.url);
      await waitFor('the namespace', async () => (await other.get('/v1/runs')).status === 200);
      for (const query of ['connection=default/postgres/x', 'subject=team/x']) {
        const answer = await other.get<Problem>(`/v1/runs?${query}`);
        expect(answer).toMatchObject({ status: 400, body: { code: 'RUN_FILTER_UNAVAILABLE' } });
        expect(answer.body.fix).toContain('temporal operator search-attribute create');
      }
      const started = await other.post<Run>(START, inputFor('publish', 'bare'));
      expect(started.status).toBe(202);
      await api2.close();
    } finally {
      await client.close();
    }
  });
});

describe('the types of runs', () => {
  it('say what each takes, by a schema that stands alone, and an example that starts one', async () => {
    const { body } = await http.get<{ runTypes: { name: string; slug: string; start: string; input: object; example: object }[] }>('/v1/run-types');
    expect(body.runTypes.map(({ name, slug }) => [name, slug])).toEqual([
      ['extractSqlMetadata', 'extract-sql-metadata'],
      ['EtlFlow', 'etl-flow'],
      ['MockFlow', 'mock-flow'],
    ]);
    for (const { input, example, start } of body.runTypes) {
      expect(JSON.stringify(input)).not.toContain('"$ref"');
      expect(new Ajv({ strict: false }).validate(input, example)).toBe(true);
      expect((await http.post(start, example)).status).toBe(202);
    }
  });
});

describe('the result', () => {
  it('is given when there is one, and refused with a reason when there is none', async () => {
    const done = (await http.post<Run>(START, inputFor('publish', 'result'))).body;
    await fixture.client.workflow.getHandle(done.workflowId).result();
    const result = (run: Run) => http.get<Problem>(`/v1/runs/${run.workflowId}/result?runId=${run.runId}`);
    expect(await result(done)).toMatchObject({ status: 200, body: { entities: { Column: 500 } } });

    const running = (await http.post<Run>(START, inputFor('wait', 'result-waits'))).body;
    const early = await result(running);
    expect(early).toMatchObject({ status: 409, body: { code: 'RUN_RUNNING', run: running.links.self } });
    expect(early.headers.get('retry-after')).toBe('2');
    await http.post(`/v1/runs/${running.workflowId}/cancel`);
    await waitFor('the run to be cancelled', async () => (await statusOf(running.links.self)) === 'cancelled');
    expect(await result(running)).toMatchObject({ status: 409, body: { code: 'RUN_HAS_NO_RESULT' } });

    const failed = (await http.post<Run>(START, inputFor('fail', 'result-fails'))).body;
    await waitFor('the run to fail', async () => (await statusOf(failed.links.self)) === 'failed');
    // The failure said that trying again may help; asking for the result again does not.
    const refused = await result(failed);
    expect(refused).toMatchObject({ status: 409, body: { code: 'SQL_SOURCE_UNREACHABLE', status: 409, fix: 'Check the address.', run: failed.links.self } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await http.get('/v1/runs/nobody/result')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    expect(await http.get(`/v1/runs/${done.workflowId}/result?runId=${randomUUID()}`)).toMatchObject({ status: 404 });
  });
});

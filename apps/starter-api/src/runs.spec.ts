import { randomUUID } from 'node:crypto';
import { waitFor } from '@tributary/testing/stack';
import type { Problem } from './problems/problem-schema.js';
import { CheckedClient } from './testdata/checked-client.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from './testdata/fixture.js';
import type { Run } from './schemas.js';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let api: ApiUnderTest;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.startWorker();
  api = await fixture.startApi();
  http = await CheckedClient.of(api.url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

const finish = (workflowId: string): Promise<void> => fixture.client.workflow.getHandle(workflowId).signal('finish');
const statusOf = async (path: string): Promise<string> => (await http.get<Run>(path)).body.status;

describe('starting an extraction', () => {
  it('answers 202 with where the run is, and the run completes', async () => {
    const started = await http.post<Run>(START, inputFor('publish', 'start'));
    expect(started).toMatchObject({
      status: 202,
      body: { workflowId: 'extract-sql-metadata~default~postgres~start', type: 'extractSqlMetadata', status: 'running' },
    });
    const { runId, links } = started.body;
    expect(started.headers.get('location')).toBe(links.self);
    expect(links).toEqual({
      self: `/v1/runs/extract-sql-metadata~default~postgres~start?runId=${runId}`,
      progress: `/v1/runs/extract-sql-metadata~default~postgres~start/progress?runId=${runId}`,
      artifacts: `/v1/runs/extract-sql-metadata~default~postgres~start/artifacts?runId=${runId}`,
      temporalUi: `http://127.0.0.1:8233/namespaces/default/workflows/extract-sql-metadata~default~postgres~start/${runId}/history`,
    });
    await waitFor('the run to complete', async () => (await statusOf(links.self)) === 'completed');
    const { body: run } = await http.get<Run>(links.self);
    expect(run).toMatchObject({ connection: 'default/postgres/start', result: { entities: { Column: 500 } } });
    expect(Date.parse(run.closeTime ?? '')).toBeGreaterThanOrEqual(Date.parse(run.startTime));
    expect(run).not.toHaveProperty('failure');
    // A connection may be extracted again once its extraction has ended; the earlier run stays to be read.
    const again = await http.post<Run>(START, inputFor('publish', 'start'));
    expect(again.status).toBe(202);
    expect(again.body.runId).not.toBe(runId);
    expect((await http.get<Run>(links.self)).body).toEqual(run);
  });

  it('refuses a second extraction of a connection with the link of the one that runs', async () => {
    const first = await http.post<Run>(START, inputFor('wait', 'busy'));
    const conflict = { status: 409, body: { code: 'RUN_ALREADY_RUNNING', run: first.body.links.self } };
    expect(await http.post(START, inputFor('publish', 'busy'))).toMatchObject(conflict);
    expect(await http.post(START, inputFor('publish', 'busy'), { 'idempotency-key': randomUUID() })).toMatchObject(conflict);
    await finish(first.body.workflowId);
  });

  it('starts once of many requests at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => http.post<Run>(START, inputFor('wait', 'rush'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(7).fill(409)]);
    await finish(answers[0]?.body.workflowId ?? 'extract-sql-metadata~default~postgres~rush');
  });
});

describe('the Idempotency-Key', () => {
  it('answers a repeated request with the run of the first, while it runs and after', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await http.post<Run>(START, inputFor('wait', 'keyed'), headers);
    expect(first.status).toBe(202);
    expect(first.body.workflowId).not.toContain(headers['idempotency-key']);
    const reordered = Object.fromEntries(Object.entries(inputFor('wait', 'keyed')).reverse());
    expect((await http.post<Run>(START, reordered, headers)).body).toEqual(first.body);
    await finish(first.body.workflowId);
    await waitFor('the run to complete', async () => (await statusOf(first.body.links.self)) === 'completed');
    expect(await http.post(START, inputFor('wait', 'keyed'), headers)).toMatchObject({
      status: 202,
      body: { runId: first.body.runId, status: 'completed' },
    });
    // The key is bound to its body.
    expect(await http.post(START, inputFor('wait', 'other'), headers)).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('makes one run of repeated requests at the same time', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 6 }, () => http.post<Run>(START, inputFor('wait', 'keyed-rush'), headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(202));
    expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1);
    await finish(answers[0]?.body.workflowId ?? '');
  });

  it('keeps a run without a key from starting beside one with', async () => {
    const first = await http.post<Run>(START, inputFor('wait', 'mixed'), { 'idempotency-key': randomUUID() });
    expect(await http.post(START, inputFor('wait', 'mixed'))).toMatchObject({ status: 409, body: { run: first.body.links.self } });
    // Another API finds it through visibility.
    const other = await CheckedClient.of((await fixture.startApi()).url);
    await waitFor('visibility', async () => {
      const list = await http.get<{ runs: Run[] }>('/v1/runs?status=running');
      return list.body.runs.some(({ runId }) => runId === first.body.runId);
    });
    expect(await other.post(START, inputFor('wait', 'mixed'))).toMatchObject({ status: 409, body: { run: first.body.links.self } });
    // Once it has ended, nothing stands in the way, whatever visibility and this process remember.
    await finish(first.body.workflowId);
    await waitFor('the run to complete', async () => (await statusOf(first.body.links.self)) === 'completed');
    const next = await http.post<Run>(START, inputFor('wait', 'mixed'));
    expect(next.status).toBe(202);
    await finish(next.body.workflowId);
  });

  it.each(['short', 'with blank in it', 'x'.repeat(201)])('refuses the key %j', async (key) => {
    expect(await http.post(START, inputFor('publish', 'badkey'), { 'idempotency-key': key })).toMatchObject({
      status: 400,
      body: { code: 'API_INPUT_INVALID', errors: [{ pointer: '/idempotency-key' }] },
    });
  });
});

describe('the status', () => {
  it('shows progress, moved on by the heartbeats of running batches', async () => {
    const { body } = await http.post<Run>(START, inputFor('beat', 'beat'));
    let run: Run | undefined;
    await waitFor('the heartbeat', async () => {
      run = (await http.get<Run>(body.links.self)).body;
      return (run.progress?.done ?? 0) > 10;
    });
    expect(run?.progress).toMatchObject({
      phase: 'extracting',
      done: 50,
      total: 100,
      batches: [{ kind: 'schema', done: 10 }, { kind: 'column', state: 'running', done: 40, total: 90 }],
    });
    expect(run).not.toHaveProperty('result');
    await http.post(`/v1/runs/${body.workflowId}/cancel`);
    await waitFor('the run to be cancelled', async () => (await statusOf(body.links.self)) === 'cancelled');
    expect((await http.get<Run>(body.links.self)).body).not.toHaveProperty('failure');
  });

  it.each([
    ['fail', { code: 'SQL_SOURCE_UNREACHABLE', fix: 'Check the address.', detail: 'The server db.example.com does not answer.' }],
    ['crash', { code: 'RUN_FAILED', detail: 'The run failed with an error of type TypeError.' }],
  ])('of a run that ends by %s has its failure as problem details', async (behaviour, failure) => {
    const { body } = await http.post<Run>(START, inputFor(behaviour, behaviour));
    await waitFor('the run to fail', async () => (await statusOf(body.links.self)) === 'failed');
    const run = await http.get<Run>(body.links.self);
    expect(run.body.failure).toMatchObject(failure);
    expect(run.text).not.toContain('10.0.0.1');
  });

  it('of a terminated and of a timed-out run says so, without the words of whoever did it', async () => {
    const first = await http.post<Run>(START, inputFor('wait', 'terminated'));
    await fixture.client.workflow.getHandle(first.body.workflowId).terminate('internal reason');
    const terminated = await http.get<Run>(first.body.links.self);
    expect(terminated.body).toMatchObject({ status: 'terminated', failure: { code: 'RUN_TERMINATED' } });
    expect(terminated.text).not.toContain('internal reason');

    const handle = await fixture.client.workflow.start('extractSqlMetadata', {
      workflowId: 'slow',
      taskQueue: 'sql-metadata',
      args: [inputFor('wait', 'slow')],
      workflowExecutionTimeout: '1 second',
    });
    await expect(handle.result()).rejects.toThrow();
    expect((await http.get<Run>('/v1/runs/slow')).body).toMatchObject({ status: 'timed-out', failure: { code: 'RUN_TIMED_OUT' } });
  });

  it.each([
    ['mute', 'does not report progress'],
    ['garbled', 'in a form that this API does not know'],
  ])('of a %s workflow answers without progress and says why', async (behaviour, reason) => {
    const { body } = await http.post<Run>(START, inputFor(behaviour, behaviour));
    const run = await http.get<Run>(body.links.self);
    expect(run).toMatchObject({ status: 200, body: { status: 'running', progressUnavailable: { code: 'RUN_PROGRESS_UNAVAILABLE' } } });
    expect((run.body.progressUnavailable as Problem).detail).toContain(reason);
    await finish(body.workflowId);
  });

  it('leaves out a result that is not what the contract says', async () => {
    const { body } = await http.post<Run>(START, inputFor('odd result', 'odd'));
    await finish(body.workflowId);
    await waitFor('the run to complete', async () => (await statusOf(body.links.self)) === 'completed');
    expect((await http.get<Run>(body.links.self)).body).not.toHaveProperty('result');
  });

  it('of an unknown run, of an unknown run id, and of a workflow that is no run is 404', async () => {
    await fixture.client.workflow.start('somethingElse', { workflowId: 'no-run', taskQueue: 'sql-metadata' });
    for (const path of ['/v1/runs/nobody', '/v1/runs/no-run', `/v1/runs/slow?runId=${randomUUID()}`, '/v1/runs/no-run/artifacts']) {
      expect(await http.get(path)).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
    }
    expect(await http.post('/v1/runs/no-run/cancel')).toMatchObject({ status: 404 });
    expect(await http.get('/v1/runs/slow?runId=latest')).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
  });
});

describe('cancelling', () => {
  it('answers 202 and ends the run; a finished one is refused with 409', async () => {
    const { body } = await http.post<Run>(START, inputFor('wait', 'cancel'));
    expect(await http.post(`/v1/runs/${body.workflowId}/cancel?runId=${body.runId}`)).toMatchObject({
      status: 202,
      body: { workflowId: body.workflowId, runId: body.runId },
    });
    await waitFor('the run to be cancelled', async () => (await statusOf(body.links.self)) === 'cancelled');
    expect(await http.post(`/v1/runs/${body.workflowId}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'RUN_FINISHED', detail: 'The run is not running any more: it is cancelled.' },
    });
    expect(await http.post('/v1/runs/nobody/cancel')).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
  });
});

describe('the list', () => {
  it('goes through all runs page by page, each once, and filters', async () => {
    const ids = ['list-1', 'list-2', 'list-3', 'list-4', 'list-5'];
    await Promise.all(ids.map((id) => http.post(START, inputFor('wait', id))));
    const workflowIds = ids.map((id) => `extract-sql-metadata~default~postgres~${id}`);
    const listed = async (query: string): Promise<Run[]> => {
      const runs: Run[] = [];
      let token = '';
      do {
        const page = await http.get<{ runs: Run[]; nextPageToken?: string }>(`/v1/runs?pageSize=2${query}${token && `&pageToken=${token}`}`);
        expect(page.body.runs.length).toBeLessThanOrEqual(2);
        runs.push(...page.body.runs);
        token = page.body.nextPageToken ?? '';
      } while (token !== '');
      return runs;
    };
    await waitFor('visibility', async () => {
      const running = (await listed('&status=running')).map(({ workflowId }) => workflowId);
      return workflowIds.every((id) => running.includes(id));
    });
    const running = await listed('&status=running&type=extractSqlMetadata');
    expect(new Set(running.map(({ runId }) => runId)).size).toBe(running.length);
    expect(running.find(({ workflowId }) => workflowId === workflowIds[0])).toMatchObject({
      status: 'running',
      connection: 'default/postgres/list-1',
      type: 'extractSqlMetadata',
    });
    const all = await listed('');
    expect(all.map(({ type }) => type)).not.toContain('somethingElse');
    expect(all.length).toBeGreaterThan(running.length);
    await Promise.all(workflowIds.map(finish));
  });

  it('refuses filters, sizes and page tokens that there are not', async () => {
    const page = await http.get<{ nextPageToken?: string }>('/v1/runs?pageSize=1');
    const token = page.body.nextPageToken ?? '';
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    for (const query of ['status=odd', 'type=somethingElse', 'pageSize=0', 'pageSize=201', 'pageSize=x', 'status=running&odd=1', 'pageToken=%25']) {
      expect(await http.get(`/v1/runs?${query}`)).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
    }
    for (const query of ['pageToken=AAAA', `pageToken=${token}&status=failed`, `pageToken=${token.slice(0, 14)}AAAA`]) {
      expect(await http.get(`/v1/runs?${query}`)).toMatchObject({ status: 400, body: { code: 'API_PAGE_TOKEN_INVALID' } });
    }
  });
});

describe('terminating', () => {
  it('ends a run at once, with a reason that stays in its history', async () => {
    const run = (await http.post<Run>(START, inputFor('wait', 'end-me'))).body;
    const path = `/v1/runs/${run.workflowId}/terminate`;
    for (const body of [undefined, {}, { reason: ' ' }, { reason: 'x'.repeat(501) }, { reason: 'x', more: 1 }]) {
      expect(await http.post(path, body)).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
    }
    expect(await http.post(path, { reason: 'postgres://me:hunter2hunter2@db.example.com' })).toMatchObject({ status: 400, body: { code: 'INPUT_HOLDS_CREDENTIAL' } });
    const answers = await Promise.all(Array.from({ length: 4 }, () => http.post<Problem>(path, { reason: 'It hangs' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(3).fill(409)]);
    expect(answers.filter(({ status }) => status === 409).every(({ body }) => body.code === 'RUN_FINISHED')).toBe(true);
    expect((await http.get<Run>(run.links.self)).body).toMatchObject({ status: 'terminated', failure: { code: 'RUN_TERMINATED' } });
    const { events } = await fixture.client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    expect(events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason).toBe('It hangs');
    // An earlier run of the same workflow id is not mistaken for the one that runs now.
    const next = (await http.post<Run>(START, inputFor('wait', 'end-me'))).body;
    expect(await http.post(`${path}?runId=${run.runId}`, { reason: 'stale' })).toMatchObject({ status: 409, body: { code: 'RUN_FINISHED' } });
    expect(await statusOf(next.links.self)).toBe('running');
    await finish(next.workflowId);
    expect(await http.post('/v1/runs/no-run/terminate', { reason: 'x' })).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
  });
});

describe('pausing', () => {
  it.each(['pause', 'resume'])('by %s is refused: no type of run has it', async (verb) => {
    const run = (await http.post<Run>(START, inputFor('wait', verb))).body;
    expect(await http.post(`/v1/runs/${run.workflowId}/${verb}`)).toMatchObject({ status: 409, body: { code: 'RUN_NOT_PAUSABLE' } });
    await finish(run.workflowId);
    expect(await http.post(`/v1/runs/nobody/${verb}`)).toMatchObject({ status: 404, body: { code: 'RUN_UNKNOWN' } });
  });
});

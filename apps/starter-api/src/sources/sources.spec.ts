import { createServer, type AddressInfo, type Server } from 'node:net';
import { SAMPLE_ARCHIVE } from '@tributary/testing/sql-sample';
import { waitFor } from '@tributary/testing/stack';
import type { BrowseSqlSourceResult, SourceCheck, SqlExtractionPlan, SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import type { Problem } from '../problems/problem-schema.js';
import { TEST_KEYS } from '../testdata/access.js';
import { startSourceFixture, type SourceFixture } from '../testdata/source-fixture.js';
import { askSource } from './ask-source.js';
import { checkSource } from './source-questions.js';

let fixture: SourceFixture;
let silent: Server | undefined;

beforeAll(async () => {
  fixture = await startSourceFixture();
  // Takes connections and says nothing.
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  silent = server;
}, 120_000);

afterAll(async () => {
  silent?.close();
  await fixture.stop();
}, 60_000);

type Refusal = Problem & Partial<SourceCheck>;
const ask = <T>(what: 'check' | 'browse' | 'plan', body: object) => fixture.http.post<T>(`/v1/sources/${what}`, body);
const refused = (what: 'check' | 'browse' | 'plan', source: SqlSource) => ask<Refusal>(what, { source });
const wrongPassword = (): SqlSource => fixture.source({ password: 'secret://local/wrong#password' });
const silentPort = (): number => (silent?.address() as AddressInfo).port;

describe('without a worker', () => {
  it('nobody looks at a source, and that is said at once', async () => {
    const before = performance.now();
    for (const what of ['check', 'browse', 'plan'] as const) {
      expect(await refused(what, fixture.source())).toMatchObject({ status: 503, body: { code: 'SOURCE_WORKER_MISSING' } });
    }
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it('that has gone a moment ago, a question waits in vain and is then withdrawn', async () => {
    const worker = await fixture.startWorker();
    await waitFor('the worker to answer', async () => (await ask('check', { source: fixture.source() })).status === 200);
    await worker.stop();
    const { client } = fixture;
    const asked = askSource({ client, ui: { url: undefined, namespace: 'default' }, patienceMs: 1_500 }, checkSource, { source: fixture.source() });
    await expect(asked).rejects.toMatchObject({ code: 'SOURCE_WORKER_MISSING' });
    await waitFor('no question to be left', async () => (await client.workflow.count(`ExecutionStatus = 'Running'`)).count === 0);
  }, 60_000);
});

describe('with a worker', () => {
  beforeAll(async () => {
    await fixture.startWorker();
  }, 60_000);

  it('a source that can be extracted passes its check', async () => {
    const { status, body } = await ask<SourceCheck>('check', { source: fixture.source() });
    expect([status, body.ok]).toEqual([200, true]);
    expect(body.serverVersion).toMatch(/^\d+/);
    expect(body.checks.find(({ name }) => name === 'sign-in')).toMatchObject({ status: 'passed' });
  });

  it('what the role may not read is told with the exact GRANT', async () => {
    const { status, body } = await ask<SourceCheck>('check', { source: fixture.source({ allDatabases: true }) });
    expect(status).toBe(200);
    expect(body.databases.find(({ name }) => name === SAMPLE_ARCHIVE)).toMatchObject({ readable: false, fix: expect.stringContaining('GRANT CONNECT ON DATABASE') as string });
  });

  it.each<[string, () => SqlSource, string, string]>([
    ['a wrong password', wrongPassword, 'SQL_SIGN_IN_FAILED', 'sign-in'],
    ['a role that there is not', () => fixture.source({ user: 'nobody_of_this_name' }), 'SQL_SIGN_IN_FAILED', 'sign-in'],
    ['a secret that there is not', () => fixture.source({ password: 'secret://local/nothing#password' }), 'SECRET_NOT_FOUND', 'secret'],
    ['a store that there is not', () => fixture.source({ password: 'secret://elsewhere/reader#password' }), 'SECRET_STORE_UNKNOWN', 'secret'],
    ['a host that does not answer', () => fixture.source({ port: 1 }), 'SQL_SOURCE_UNREACHABLE', 'network'],
    ['a database that there is not', () => fixture.source({ database: 'nothing_here' }), 'SQL_DATABASE_UNKNOWN', 'databases'],
  ])('%s is never a success: 422 with the code, from every route', async (_, source, code, step) => {
    const check = await refused('check', source());
    expect(check).toMatchObject({ status: 422, body: { code, status: 422 } });
    expect(check.headers.get('content-type')).toContain('application/problem+json');
    const failed = check.body.checks?.find(({ status }) => status === 'failed');
    expect(failed).toMatchObject({ name: step, code });
    expect(check.body.detail).toBe(failed?.detail);
    for (const what of ['browse', 'plan'] as const) expect(await refused(what, source())).toMatchObject({ status: 422, body: { code } });
  }, 60_000);

  it('levels of a source are browsed page by page, with what the filters say', async () => {
    const source = fixture.source();
    const { database = '' } = source;
    const databases = await ask<BrowseSqlSourceResult>('browse', { source });
    expect(databases).toMatchObject({ status: 200, body: { level: 'databases' } });
    expect(databases.body.items.map(({ name }) => name)).toContain(database);
    const names: string[] = [];
    let after: string | undefined;
    do {
      const { body } = await ask<BrowseSqlSourceResult>('browse', { source, database, limit: 2, ...(after === undefined ? {} : { after }) });
      expect(body.level).toBe('schemas');
      names.push(...body.items.map(({ name }) => name));
      after = body.next;
    } while (after !== undefined);
    expect(names.length).toBeGreaterThan(2);
    const filters = { exclude: [{ schema: names[0] }] };
    const judged = await ask<BrowseSqlSourceResult>('browse', { source, database, filters });
    expect(judged.body.items.find(({ name }) => name === names[0])?.verdict).toMatchObject({ selected: false, rule: { list: 'exclude', index: 0 } });
    expect(await ask('browse', { source, schema: 'public' })).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
  });

  it('a plan has counts and reasons', async () => {
    const { status, body } = await ask<SqlExtractionPlan>('plan', { source: fixture.source(), filters: { include: [{ schema: 'sales' }] }, limit: 5 });
    expect(status).toBe(200);
    expect(body.totals.selected).toBeGreaterThan(0);
    expect(body.totals.excluded).toBeGreaterThan(0);
    expect(body.objects.length).toBeLessThanOrEqual(5);
    for (const { verdict } of body.objects) expect(verdict.reason).not.toBe('');
  });

  it('checks with different credentials at the same time never mix', async () => {
    const kinds = [
      { source: fixture.source(), status: 200, code: undefined },
      { source: wrongPassword(), status: 422, code: 'SQL_SIGN_IN_FAILED' },
      { source: fixture.source({ password: 'secret://local/nothing#password' }), status: 422, code: 'SECRET_NOT_FOUND' },
      { source: fixture.source({ user: 'nobody_of_this_name' }), status: 422, code: 'SQL_SIGN_IN_FAILED' },
    ];
    const asked = Array.from({ length: 24 }, (_, index) => kinds[index % kinds.length] as (typeof kinds)[number]);
    const answers = await Promise.all(asked.map(({ source }) => ask<Refusal>('check', { source })));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(asked.map(({ status, code }) => [status, code]));
    answers.forEach(({ text }, index) => {
      if (asked[index]?.source.user !== 'nobody_of_this_name') expect(text).not.toContain('nobody_of_this_name');
    });
  }, 60_000);

  it('passwords are in no answer, no log line and no history', async () => {
    const answers = await Promise.all([ask('check', { source: fixture.source() }), refused('check', wrongPassword()), refused('browse', wrongPassword()), refused('plan', wrongPassword())]);
    const told = [...answers.map(({ text }) => text), ...fixture.lines];
    for await (const { workflowId, runId } of fixture.client.workflow.list()) {
      const history = await fixture.client.workflow.getHandle(workflowId, runId).fetchHistory();
      const payload = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString() : value);
      told.push(JSON.stringify(history, payload), Buffer.from(JSON.stringify(history)).toString());
    }
    for (const password of Object.values(fixture.passwords)) expect(told.join('\n')).not.toContain(password);
  });

  it('a source that takes its time: 504 with the workflow that goes on', async () => {
    const { client } = fixture;
    const source = fixture.source({ port: silentPort() });
    const asked = askSource({ client, ui: { url: 'http://ui.example.com', namespace: 'default' }, patienceMs: 1_000 }, checkSource, { source });
    const error = await asked.catch((reason: unknown) => reason as { code: string; message: string; definition: { status: number } });
    expect(error).toMatchObject({ code: 'SOURCE_ANSWER_LATE', definition: { status: 504 } });
    expect((error as { message: string }).message).toMatch(/workflow check-sql-source~[0-9a-f]{16} goes on \(http:\/\/ui\.example\.com\/namespaces\/default\/workflows\//);
  });

  it('a credential in place of its reference is refused before anything is started', async () => {
    const before = (await fixture.client.workflow.count()).count;
    const source = { ...fixture.source(), password: fixture.passwords.right };
    for (const what of ['check', 'browse', 'plan'] as const) {
      const answer = await ask<Problem>(what, { source });
      expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_HOLDS_CREDENTIAL' } });
      expect(answer.text).not.toContain(fixture.passwords.right);
    }
    expect((await fixture.client.workflow.count()).count).toBe(before);
  });

  it('viewers may not have sources signed in to', async () => {
    const viewer = fixture.http.as(TEST_KEYS.viewer);
    for (const what of ['check', 'browse', 'plan']) expect((await viewer.post(`/v1/sources/${what}`, { source: fixture.source() })).status).toBe(403);
  });
});

import { randomBytes } from 'node:crypto';
import type { Problem } from '../problems/problem-schema.js';
import { TEST_KEYS } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { inputFor, startFixture, type Fixture } from '../testdata/fixture.js';
import { startState, type StateFixture } from '../testdata/state.js';

interface Saved {
  readonly name: string;
  readonly etag: string;
  readonly links: { readonly start: string };
}

let fixture: Fixture;
let state: StateFixture;
let http: CheckedClient;

beforeAll(async () => {
  [fixture, state] = await Promise.all([startFixture(), startState()]);
  await fixture.startWorker();
  http = await CheckedClient.of((await fixture.startApi({ state: state.state })).url);
}, 120_000);

afterAll(async () => {
  await fixture.stop();
  await state.stop();
}, 60_000);

const PLACE = '/v1/configurations';
const body = (connection: string, description?: string) => ({
  runType: 'extract-sql-metadata',
  input: inputFor('publish', connection),
  ...(description === undefined ? {} : { description }),
});
const put = (name: string, value: unknown, headers: Record<string, string>, client = http) =>
  client.call<Saved & Problem>('PUT', `${PLACE}/${name}`, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) });
const create = (name: string, value: unknown = body(name)) => put(name, value, { 'if-none-match': '*' });

describe('a configuration', () => {
  it('is saved, read, replaced and deleted by its ETag', async () => {
    const created = await create('life', body('life', 'first'));
    expect(created).toMatchObject({ status: 201, body: { name: 'life', description: 'first', runType: 'extract-sql-metadata', input: inputFor('publish', 'life') } });
    expect(created.headers.get('location')).toBe(`${PLACE}/life`);
    const etag = created.headers.get('etag') ?? '';
    expect(etag).toBe(created.body.etag);

    const read = await http.get(`${PLACE}/life`);
    expect(read).toMatchObject({ status: 200, body: created.body });
    expect((await http.get(`${PLACE}/life`, { 'if-none-match': etag })).status).toBe(304);

    const replaced = await put('life', body('life', 'second'), { 'if-match': etag });
    expect(replaced).toMatchObject({ status: 200, body: { description: 'second' } });
    expect(replaced.headers.get('etag')).not.toBe(etag);
    expect((await http.get(`${PLACE}/life`, { 'if-none-match': etag })).body).toMatchObject({ description: 'second' });

    expect(await http.call('DELETE', `${PLACE}/life`, { headers: { 'if-match': etag } })).toMatchObject({ status: 412, body: { code: 'API_PRECONDITION_FAILED' } });
    expect((await http.call('DELETE', `${PLACE}/life`, { headers: { 'if-match': replaced.headers.get('etag') ?? '' } })).status).toBe(204);
    expect(await http.get(`${PLACE}/life`)).toMatchObject({ status: 404, body: { code: 'CONFIGURATION_UNKNOWN' } });
    expect((await create('life')).status).toBe(201);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['no condition', {}, 428, 'API_PRECONDITION_REQUIRED'],
    ['both conditions', { 'if-match': '"a"', 'if-none-match': '*' }, 400, 'API_PRECONDITION_INVALID'],
    ['an ETag in If-None-Match', { 'if-none-match': '"a"' }, 400, 'API_PRECONDITION_INVALID'],
    ['an If-Match that is no ETag', { 'if-match': 'a' }, 400, 'API_PRECONDITION_INVALID'],
    ['another ETag', { 'if-match': '"a", W/"b"' }, 412, 'API_PRECONDITION_FAILED'],
    ['that it must be new', { 'if-none-match': '*' }, 412, 'API_PRECONDITION_FAILED'],
  ])('is not changed under %s', async (_, headers, status, code) => {
    await create('kept');
    expect(await put('kept', body('other'), headers)).toMatchObject({ status, body: { code } });
    expect((await http.get(`${PLACE}/kept`)).body).toMatchObject({ input: { connection: { qualifiedName: 'default/postgres/kept' } } });
  });

  it('that is not there is not replaced, deleted or started', async () => {
    expect(await put('absent', body('absent'), { 'if-match': '*' })).toMatchObject({ status: 412 });
    expect(await http.call('DELETE', `${PLACE}/absent`, { headers: { 'if-match': '*' } })).toMatchObject({ status: 404, body: { code: 'CONFIGURATION_UNKNOWN' } });
    expect(await http.post(`${PLACE}/absent/start`)).toMatchObject({ status: 404, body: { code: 'CONFIGURATION_UNKNOWN' } });
  });

  it('of which twenty are made at the same time is never lost from the list', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `parallel-${String(index).padStart(2, '0')}`);
    const answers = await Promise.all(names.map((name) => create(name)));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    const listed: string[] = [];
    let pageToken = '';
    do {
      const { status, body: page } = await http.get<{ configurations: Saved[]; nextPageToken?: string }>(`${PLACE}?pageSize=7${pageToken}`);
      expect(status).toBe(200);
      listed.push(...page.configurations.map(({ name }) => name));
      pageToken = page.nextPageToken === undefined ? '' : `&pageToken=${page.nextPageToken}`;
    } while (pageToken !== '');
    expect(listed.filter((name) => name.startsWith('parallel-'))).toEqual(names);
    expect(listed).toEqual([...listed].sort());
  });

  it('that two change from the same version has one winner', async () => {
    const { headers } = await create('raced');
    const etag = headers.get('etag') ?? '';
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => put('raced', body('raced', text), { 'if-match': etag })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await http.get(`${PLACE}/raced`)).body).toEqual(winner?.body);
  });

  it.each([
    ['UPPER', body('x'), 'API_INPUT_INVALID'],
    ['a'.repeat(65), body('x'), 'API_INPUT_INVALID'],
    ['unknown-type', { runType: 'nothing', input: {} }, 'API_INPUT_INVALID'],
    ['wrong-input', { runType: 'extract-sql-metadata', input: { ...inputFor('publish', 'x'), odd: 1 } }, 'API_INPUT_INVALID'],
    ['wrong-flow', { runType: 'etl-flow', input: { type: 'LaunchpadQuery', args: { data_date_start: 'never' } } }, 'API_INPUT_INVALID'],
    ['no-input', { runType: 'extract-sql-metadata' }, 'API_INPUT_INVALID'],
  ])('%s that does not fit is refused', async (name, value, code) => {
    expect(await create(name, value)).toMatchObject({ status: 400, body: { code } });
  });

  it('names the place within its input that does not fit', async () => {
    const input = { ...inputFor('publish', 'x'), options: { shardRecords: 0 } };
    const { body: problem } = await create('place', { runType: 'extract-sql-metadata', input });
    expect(problem.errors).toEqual([{ pointer: '/input/options/shardRecords', received: '0', allowed: 'a number >= 1' }]);
  });

  it('with a credential is refused with where it belongs, and nothing is stored', async () => {
    const canary = randomBytes(16).toString('hex');
    const input = inputFor('publish', 'canary');
    const values: [unknown, string][] = [
      [{ ...body('x'), input: { ...input, source: { ...input.source, password: canary } } }, '/input/source/password'],
      [{ ...body('x'), description: `postgres://reader:${canary}@db/x` }, '/description'],
      [{ ...body('x'), token: canary }, '/token'],
      [{ runType: 'etl-flow', input: { type: 'Other', args: { api_key: canary } } }, '/input/args/api_key'],
    ];
    for (const [value, pointer] of values) {
      const answer = await create('canary', value);
      expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_HOLDS_CREDENTIAL' } });
      expect(answer.body.detail).toContain(`at ${pointer}.`);
      expect(answer.body.fix).toContain('secret://');
      expect(answer.text).not.toContain(canary);
    }
    expect((await http.get(`${PLACE}/canary`)).status).toBe(404);
  });

  it('starts a run, once per Idempotency-Key', async () => {
    const { body: saved } = await create('started');
    const operator = http.as(TEST_KEYS.operator);
    const headers = { 'idempotency-key': 'configuration-1' };
    const first = await operator.post<{ workflowId: string; runId: string; type: string }>(saved.links.start, undefined, headers);
    expect(first).toMatchObject({ status: 202, body: { type: 'extractSqlMetadata' } });
    expect(first.headers.get('location')).toContain(first.body.workflowId);
    expect((await operator.post(saved.links.start, undefined, headers)).body).toMatchObject({ runId: first.body.runId });
    await fixture.client.workflow.getHandle(first.body.workflowId, first.body.runId).result();
    expect(await operator.post(saved.links.start)).toMatchObject({ status: 202 });
  });

  it('is read by viewers, started by operators and changed by admins', async () => {
    await create('roles');
    const viewer = http.as(TEST_KEYS.viewer);
    const operator = http.as(TEST_KEYS.operator);
    expect((await viewer.get(`${PLACE}/roles`)).status).toBe(200);
    expect((await viewer.post(`${PLACE}/roles/start`)).status).toBe(403);
    expect((await put('roles', body('roles'), { 'if-match': '*' }, operator)).status).toBe(403);
    expect((await operator.call('DELETE', `${PLACE}/roles`, { headers: { 'if-match': '*' } })).status).toBe(403);
  });

  it('gives no page for a token of elsewhere', async () => {
    expect(await http.get(`${PLACE}?pageToken=____`)).toMatchObject({ status: 400, body: { code: 'API_PAGE_TOKEN_INVALID' } });
  });
});

describe('without its sidecar', () => {
  it('the API says so, and serves again when it is back', async () => {
    await create('outage');
    await state.killDaprd();
    const answers = await Promise.all([http.get(PLACE), http.get(`${PLACE}/outage`), put('outage', body('outage'), { 'if-match': '*' }), http.post(`${PLACE}/outage/start`)]);
    for (const { status, body: problem, headers } of answers) {
      expect([status, (problem as { code?: string }).code]).toEqual([503, 'API_STATE_UNAVAILABLE']);
      expect(headers.get('retry-after')).not.toBeNull();
    }
    expect((await http.get('/v1/runs')).status).toBe(200);
    await state.restartDaprd();
    expect((await http.get(`${PLACE}/outage`)).status).toBe(200);
  }, 60_000);
});

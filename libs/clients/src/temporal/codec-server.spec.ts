import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@tributary/common';
import { createCodecServer, type CodecServerOptions } from './codec-server.js';
import { createEncryptionCodec } from './encryption-codec.js';
import { parsePayloadKeys } from './payload-keys.js';

const codec = createEncryptionCodec(parsePayloadKeys(new Secret(JSON.stringify({ k1: Buffer.alloc(32, 1).toString('base64') }))), 'k1');
const UI = 'https://temporal.example.com';
const plain = { payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64('"canary-4711"') }] };

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Call {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

describe('the codec server', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(options: Partial<CodecServerOptions> = {}): Promise<(call: Call) => Promise<Answer>> {
    const server = createCodecServer({ codec, allowedOrigins: [UI], ...options });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // fetch would not let a test choose Host and Origin.
    return ({ path = '/decode', method = 'POST', headers = {}, body = plain }) =>
      new Promise((resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }); });
        });
        request.on('error', reject);
        request.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
  }

  it('encodes and decodes as the UI and the CLI ask', async () => {
    const call = await serve();
    const encoded = await call({ path: '/encode', headers: { 'x-namespace': 'default' } });
    expect(encoded.status).toBe(200);
    expect(encoded.body).not.toContain(base64('"canary-4711"'));
    const decoded = await call({ path: '/default/decode', body: encoded.body });
    expect(JSON.parse(decoded.body)).toEqual(plain);
    expect(decoded.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it('passes payloads without data on', async () => {
    const call = await serve();
    const nothing = { payloads: [{ metadata: { encoding: base64('binary/null') } }] };
    const encoded = await call({ path: '/encode', body: nothing });
    expect(JSON.parse((await call({ body: encoded.body })).body)).toEqual(nothing);
  });

  describe('from a page', () => {
    it('answers the preflight and the call of an allowed origin', async () => {
      const call = await serve();
      const preflight = await call({ method: 'OPTIONS', headers: { origin: UI, 'access-control-request-headers': 'x-namespace' }, body: '' });
      expect(preflight.status).toBe(204);
      expect(preflight.headers).toMatchObject({
        'access-control-allow-origin': UI,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
      });
      expect((await call({ headers: { origin: UI } })).headers['access-control-allow-origin']).toBe(UI);
    });

    it.each(['OPTIONS', 'POST'])('refuses %s from any other origin', async (method) => {
      const call = await serve();
      for (const origin of ['https://evil.example.com', 'null', `${UI}.evil.com`]) {
        const answer = await call({ method, headers: { origin }, ...(method === 'OPTIONS' ? { body: '' } : {}) });
        expect(answer.status).toBe(403);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    });

    it('refuses a page that reached this machine under another name', async () => {
      const call = await serve();
      expect((await call({ headers: { host: 'rebound.example.com' } })).status).toBe(403);
    });
  });

  describe('with a token', () => {
    const token = new Secret('token-of-the-ui');

    it('serves who has it, under any name', async () => {
      const call = await serve({ token });
      expect((await call({ headers: { authorization: 'Bearer token-of-the-ui', host: 'codec.example.com' } })).status).toBe(200);
    });

    it.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'token-of-the-ui' }])('refuses %j', async (headers) => {
      const call = await serve({ token });
      const answer = await call({ headers });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('token-of-the-ui');
    });
  });

  describe('what it cannot read', () => {
    it.each<[string, Call, number]>([
      ['another path', { path: '/' }, 400],
      ['another method', { method: 'GET', body: '' }, 400],
      ['no JSON', { body: 'canary-4711' }, 400],
      ['no payloads', { body: {} }, 400],
      ['a payload that is none', { body: { payloads: ['canary-4711'] } }, 400],
      ['odd metadata', { body: { payloads: [{ metadata: { encoding: 7 } }] } }, 400],
      ['too much', { body: 'x'.repeat(2_000) }, 413],
    ])('is answered by problem details without a payload: %s', async (_, call, status) => {
      const answer = await (await serve({ maxBodyBytes: 1_000 }))(call);
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(answer.body)).toMatchObject({ status, code: expect.stringMatching(/^CODEC_SERVER_/) as string });
      expect(answer.body).not.toContain('canary');
    });

    it('names the key that is missing', async () => {
      const encoded = await (await serve())({ path: '/encode' });
      const other = createEncryptionCodec(parsePayloadKeys(new Secret(JSON.stringify({ k2: Buffer.alloc(32, 2).toString('base64') }))), 'k2');
      const answer = await (await serve({ codec: other }))({ body: encoded.body });
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'PAYLOAD_KEY_UNKNOWN', detail: expect.stringContaining('"k1"') as string });
    });
  });
});

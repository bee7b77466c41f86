import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { Metrics } from '@tributary/clients/telemetry';
import { Secret } from '@tributary/common';
import Fastify, { type FastifyInstance } from 'fastify';
import { answerErrors } from '../problems/error-handler.js';
import type { Problem } from '../problems/problem-schema.js';
import { bearer, TEST_APP_TOKEN, TEST_KEYS, testAccess } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from '../testdata/fixture.js';
import { AUDIENCE, startOidcProvider, type OidcProvider } from '../testdata/oidc-provider.js';
import { requireAccess } from './access.js';
import { authenticateRequests } from './authenticate.js';
import { newApiKey } from './api-keys.js';
import { createTokenVerifier } from './oidc/token-verifier.js';
import { ROLES, type Role } from './roles.js';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let provider: OidcProvider;
let api: ApiUnderTest;
let http: CheckedClient;
let clock = 0;

beforeAll(async () => {
  fixture = await startFixture();
  provider = await startOidcProvider();
  const tokens = await createTokenVerifier({ issuer: provider.issuer, audience: AUDIENCE, rolesClaim: 'roles', roleMap: undefined }, () => clock);
  api = await fixture.startApi({ access: { ...testAccess, tokens } });
  http = await CheckedClient.of(api.url);
}, 60_000);

afterAll(async () => {
  await fixture.stop();
  await provider.stop();
}, 60_000);

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly needed: Role | 'sidecar';
}

function operations(): Operation[] {
  return Object.entries(http.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{\w+\}/g, 'x'),
      needed: (operation as unknown as Record<string, Role | 'sidecar'>)['x-required-role'] as Role,
    })),
  );
}

async function send({ method, path }: Operation, headers: Record<string, string> = {}): Promise<{ status: number; challenge: string | null; code: string | undefined }> {
  const answer = await fetch(`${api.url}${path}`, { method, headers });
  const type = answer.headers.get('content-type') ?? '';
  const body = type.includes('json') ? ((await answer.json()) as Problem) : await answer.body?.cancel();
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), code: body?.code };
}

describe('every operation', () => {
  it('says who may call it', () => {
    expect(operations().length).toBeGreaterThan(10);
    for (const { path, needed } of operations()) expect([path, [...ROLES, 'sidecar'].includes(needed)]).toEqual([path, true]);
  });

  it('refuses whoever has no credential, or a wrong one, before it looks at anything else', async () => {
    for (const operation of operations()) {
      const sidecar = operation.needed === 'sidecar';
      const without = await send(operation);
      expect([operation.path, without]).toEqual([operation.path, { status: 401, challenge: expect.stringContaining('Bearer') as string, code: sidecar ? 'AUTH_APP_TOKEN_REFUSED' : 'AUTH_REQUIRED' }]);
      expect((await send(operation, bearer(newApiKey()))).status).toBe(401);
    }
  });

  it('refuses those whose role is below, and lets those in whose role is high enough', async () => {
    for (const operation of operations()) {
      if (operation.needed === 'sidecar') continue;
      for (const role of ROLES) {
        // What it then makes of a request without body is its own affair. A stream is not waited for: there is no such run.
        const { status, code } = await send(operation, bearer(TEST_KEYS[role]));
        const refused = ROLES.indexOf(role) < ROLES.indexOf(operation.needed);
        expect([operation, role, status === 403, code === 'AUTH_FORBIDDEN']).toEqual([operation, role, refused, refused]);
        expect([operation, status]).not.toEqual([operation, 401]);
      }
    }
  }, 60_000);

  it('is named to whoever may call it, and to nobody else', async () => {
    const named = Object.values(http.document.paths).flatMap((methods) => Object.values(methods) as unknown as { readonly operationId: string; readonly 'x-required-role': Role | 'sidecar' }[]);
    for (const role of ROLES) {
      const included: readonly string[] = ROLES.slice(0, ROLES.indexOf(role) + 1);
      const theirs = named.filter((operation) => included.includes(operation['x-required-role'])).map(({ operationId }) => operationId);
      const { status, body } = await http.as(TEST_KEYS[role]).get<object>('/v1/caller');
      expect([status, body]).toEqual([200, { name: `test-${role}`, role, kind: 'api-key', operations: theirs.sort() }]);
    }
    const token = await provider.token({ sub: 'grace', roles: ['operator'] });
    expect((await http.as(token).get<object>('/v1/caller')).body).toMatchObject({ name: 'grace', role: 'operator', kind: 'oidc' });
  });
});

describe('without a credential', () => {
  it('nobody hears which routes and methods there are, nor what is wrong with a request', async () => {
    for (const [method, path] of [['GET', '/v2/nothing'], ['DELETE', '/v1/runs'], ['POST', START], ['GET', '/openapi.json'], ['GET', '/metrics'], ['OPTIONS', START]] as const) {
      expect([path, (await fetch(`${api.url}${path}`, { method, ...(method === 'POST' ? { body: '{broken' } : {}) })).status]).toEqual([path, 401]);
    }
  });

  it('probes hear whether it is ready, and nothing of its parts', async () => {
    expect(await (await fetch(`${api.url}/readyz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${api.url}/readyz`, { headers: bearer(newApiKey()) })).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${api.url}/livez`)).json()).toEqual({ status: 'ok' });
    expect((await http.get('/readyz')).body).toHaveProperty('checks.temporal');
  });
});

describe('a credential', () => {
  const list = (headers: Record<string, string>) => fetch(`${api.url}/v1/runs`, { headers });

  it.each<[string, () => Record<string, string> | Promise<Record<string, string>>, number]>([
    ['a key as bearer', () => bearer(TEST_KEYS.viewer), 200],
    ['a key as bearer, spelled otherwise', () => ({ authorization: `bearer  ${TEST_KEYS.viewer}` }), 200],
    ['a key as X-API-Key', () => ({ 'x-api-key': TEST_KEYS.viewer }), 200],
    ['the same in both headers', () => ({ ...bearer(TEST_KEYS.viewer), 'x-api-key': TEST_KEYS.viewer }), 200],
    ['different ones in both headers', () => ({ ...bearer(TEST_KEYS.viewer), 'x-api-key': TEST_KEYS.admin }), 401],
    ['a token as bearer', async () => bearer(await provider.token()), 200],
    ['a token of somebody without a role', async () => bearer(await provider.token({ roles: ['guest'] })), 403],
    ['a key that is one character off', () => bearer(`${TEST_KEYS.viewer.slice(0, -1)}w`), 401],
    ['a key that is cut', () => bearer(TEST_KEYS.viewer.slice(0, -1)), 401],
    ['the hash of a key', () => bearer(testAccess.apiKeys[0]?.hash.toString('hex') ?? ''), 401],
    ['a name of a key', () => bearer('test-admin'), 401],
    ['name and password', () => ({ authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` }), 401],
    ['nothing after Bearer', () => ({ authorization: 'Bearer ' }), 401],
    ['an empty key', () => ({ 'x-api-key': '' }), 401],
    ['two keys in one header', () => ({ 'x-api-key': `${TEST_KEYS.viewer}, ${TEST_KEYS.admin}` }), 401],
  ])('that is %s', async (_, headers, status) => {
    expect((await list(await headers())).status).toBe(status);
  });

  it('in the query is none', async () => {
    expect((await fetch(`${api.url}/v1/runs?access_token=${TEST_KEYS.admin}&api_key=${TEST_KEYS.admin}`)).status).toBe(401);
  });

  it('gives each of many at a time its own role', async () => {
    const of = (role: Role, i: number) => fetch(`${api.url}/v1/runs/run-${i}/cancel`, { method: 'POST', headers: bearer(TEST_KEYS[role]) });
    const answers = await Promise.all(Array.from({ length: 60 }, async (_, i) => [i % 3, (await of(ROLES[i % 3] as Role, i)).status]));
    for (const [role, status] of answers) expect([role, status]).toEqual([role, role === 0 ? 403 : 404]);
  });

  it('that cannot be checked now is not refused for good', async () => {
    const token = await provider.token({}, { kid: 'unknown' });
    await provider.stop();
    clock += 3_600_000;
    const answer = await http.as(token).get<Problem>('/v1/runs');
    expect(answer).toMatchObject({ status: 503, body: { code: 'AUTH_ISSUER_UNAVAILABLE' } });
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect((await http.get('/v1/runs')).status).toBe(200);
    await provider.listen();
    clock += 60_000;
    expect((await http.as(await provider.token()).get('/v1/runs')).status).toBe(200);
  });
});

describe('credentials that fail', () => {
  it('too often from one address are not looked at any more, but good ones pass', async () => {
    const limited = await CheckedClient.of((await fixture.startApi({ access: { ...testAccess, signInLimit: 5 } })).url);
    const wrong = limited.as(newApiKey());
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push(await wrong.get<Problem>('/v1/runs'));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(answers[6]?.body).toMatchObject({ code: 'AUTH_TOO_MANY_FAILURES', detail: expect.stringContaining('5 credentials') as string });
    expect(Number(answers[6]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await limited.get('/v1/runs')).status).toBe(200);
    expect((await limited.get('/metrics')).text).toMatch(/tributary_api_credentials_refused_total\{code="AUTH_INVALID"\} 7/);
  });

  it('leave the limit of requests to each caller by himself', async () => {
    const limits = { rateLimit: 5, maxRequests: 100, maxStreams: 1 };
    const limited = await CheckedClient.of((await fixture.startApi({ limits })).url, TEST_KEYS.viewer);
    for (let i = 0; i < 8; i++) await limited.get('/v1/runs');
    expect((await limited.get('/v1/runs')).status).toBe(429);
    expect((await limited.as(TEST_KEYS.operator).get('/v1/runs')).status).toBe(200);
  });
});

describe('routes of the sidecar', () => {
  const apps: FastifyInstance[] = [];
  afterAll(() => Promise.all(apps.map((app) => app.close())));
  const appWith = async (appToken: Secret | undefined) => {
    const app = Fastify();
    authenticateRequests(app, { apiKeys: testAccess.apiKeys, appToken, signInLimit: 3 }, new Metrics());
    answerErrors(app, fixture.scrubber, 1);
    app.get('/dapr/subscribe', { config: { access: 'dapr' } }, ({ caller }) => caller);
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    apps.push(app);
    return (token?: string, more: Record<string, string> = {}) =>
      fetch(`${url}/dapr/subscribe`, { headers: { ...more, ...(token === undefined ? {} : { 'dapr-api-token': token }) } });
  };

  it('answer to its token alone, and not to guesses', async () => {
    const ask = await appWith(new Secret(TEST_APP_TOKEN));
    const answer = await ask(TEST_APP_TOKEN);
    expect([answer.status, await answer.json()]).toEqual([200, { name: 'dapr', role: 'operator', kind: 'dapr' }]);
    expect((await ask(undefined, bearer())).status).toBe(401);
    expect((await ask(`${TEST_APP_TOKEN}x`)).status).toBe(401);
    expect((await ask('')).status).toBe(401);
    expect((await ask('guess')).status).toBe(429);
    expect((await ask(TEST_APP_TOKEN)).status).toBe(429);
  });

  it('answer to nobody where there is no token, on loopback too', async () => {
    const ask = await appWith(undefined);
    expect((await ask()).status).toBe(401);
    expect((await ask('')).status).toBe(401);
    expect((await ask('undefined', bearer())).status).toBe(401);
  });
});

describe('a key and a token', () => {
  it('are in no answer, no log line and no metric, wherever they were sent', async () => {
    const token = await provider.token({ sub: 'canary' });
    const wrong = newApiKey();
    const canaries = [TEST_KEYS.operator, wrong, token, token.split('.')[2] ?? '', TEST_APP_TOKEN];
    const told: string[] = [];
    for (const canary of canaries.slice(0, 3)) {
      for (const request of [
        { path: '/v1/runs', headers: bearer(canary) },
        { path: '/v1/runs', headers: { 'x-api-key': canary } },
        { path: '/v1/runs', headers: { authorization: `Token ${canary}` } },
        { path: `/v1/runs?key=${canary}`, headers: bearer() },
        { path: `/v1/runs/${canary}/cancel`, method: 'POST', headers: bearer() },
        { path: `/v1/nothing/${canary}`, headers: bearer() },
        { path: START, method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body: JSON.stringify({ ...inputFor('publish', 'x'), note: canary }) },
        { path: START, method: 'POST', headers: { ...bearer(), 'idempotency-key': canary, 'x-request-id': canary, 'content-type': 'application/json' }, body: '{}' },
        { path: '/dapr/subscribe', headers: { 'dapr-api-token': canary } },
      ]) {
        const { path, ...init } = request;
        const answer = await fetch(`${api.url}${path}`, init);
        told.push(await answer.text(), JSON.stringify([...answer.headers].filter(([name]) => name !== 'x-request-id')));
      }
    }
    told.push((await http.get('/metrics')).text, ...api.lines);
    expect(told.length).toBeGreaterThan(60);
    const all = told.join('\n');
    for (const canary of canaries) {
      for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')]) expect(all).not.toContain(form);
    }
  });
});

describe('a URL that a client gives', () => {
  it('is fetched by nobody', async () => {
    const asked: string[] = [];
    const trap = createServer((request, response) => void (asked.push(request.url ?? ''), response.end('{}')));
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const bait = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    const id = randomBytes(4).toString('hex');
    for (const { method, path, needed } of operations()) {
      if (needed === 'sidecar') continue;
      const url = `${api.url}${path.replaceAll('/x', `/${encodeURIComponent(`${bait}/${id}`)}`)}`;
      const headers = { ...bearer(), origin: api.url, referer: bait, link: `<${bait}>`, 'x-forwarded-host': bait, forwarded: `host=${bait}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ url: bait, source: { type: 'postgres', host: bait, user: bait }, args: { service_root: bait }, type: bait, input: { url: bait } });
      const hasBody = !['GET', 'HEAD'].includes(method);
      const answer = await fetch(`${url}?url=${encodeURIComponent(bait)}`, { method, headers, ...(hasBody ? { body } : {}), redirect: 'manual' });
      await answer.body?.cancel();
      expect([method, path, answer.status < 300 || answer.status >= 400]).toEqual([method, path, true]);
    }
    // A token that names a place for its keys, and an issuer.
    for (const claims of [{ iss: bait }, { jku: bait }]) await http.as(await provider.token(claims, { jku: bait, x5u: bait })).get('/v1/runs');
    expect(asked).toEqual([]);
    await new Promise((resolve) => trap.close(resolve));
  }, 60_000);

  it('has no code to be fetched with: of this app the keys of the issuer alone are', () => {
    const calls = readdirSync(join(__dirname, '..'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('testdata'))
      .filter((file) => /(?<![#\w])fetch\(|from 'node:https?'|from 'undici'/.test(readFileSync(join(__dirname, '..', file), 'utf8').replace(/import type .*|import \{ STATUS_CODES \} .*/g, '')));
    expect(calls).toEqual(['auth/oidc/fetch-json.ts']);
  });
});

it('is not built with a route that does not say who may call it', async () => {
  const app = Fastify();
  requireAccess(app);
  app.get('/open', { config: { access: 'viewer' } }, () => '');
  app.post('/forgotten', () => '');
  await expect(app.ready()).rejects.toMatchObject({ code: 'API_ROUTE_WITHOUT_ACCESS', message: expect.stringContaining('POST /forgotten') as string });
});

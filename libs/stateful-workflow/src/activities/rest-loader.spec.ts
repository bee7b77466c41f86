import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { MemorySecretStore } from '@tributary/clients/memory';
import { metrics } from '@tributary/clients/telemetry';
import { PAYLOAD_LIMIT_BYTES, payloadBytes } from '@tributary/common';
import { waitFor } from '@tributary/testing/stack';
import { unpack } from '../packing/pack.js';
import type { LoadOutcome, LoadRequest, SentOutcome } from '../workflow/contract.js';
import { loadActivity } from './load-activity.js';
import { restLoader, type RestLoaderOptions } from './rest-loader.js';

type Route = (request: IncomingMessage, response: ServerResponse) => void;

const REF = 'secret://local/api#token' as const;
const LIST = { items: '/items', relation: 'datasets', fields: { id: '/id', name: '/name' } };
const secrets = { local: { api: { token: 'tok-9', version: '3' } } };
const servers: Server[] = [];
const seen: IncomingMessage[] = [];
let route: Route;
let host: string;
let other: string;

async function listen(): Promise<string> {
  const server = createServer((request, response) => {
    seen.push(request);
    route(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  host = await listen();
  other = await listen();
});
afterAll(() => servers.forEach((server) => (server.closeAllConnections(), server.close())));
beforeEach(() => (seen.length = 0));

const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

function load(options: Partial<RestLoaderOptions> = {}, request: Partial<LoadRequest> = {}, allowedHosts = [host]): Promise<SentOutcome> {
  const activity = loadActivity(restLoader({ url: '/things/{id}', mapping: LIST, ...options }), { secretStore: new MemorySecretStore(secrets), allowedHosts });
  const whole: LoadRequest = {
    loader: 'datasets',
    epoch: 1,
    workflow: 'Source/s 1',
    root: { type: 'Source', id: 's 1' },
    credential: { kind: 'reference', ref: REF, minVersion: 0 },
    apiUrl: `http://${host}/v1`,
    ...request,
  };
  return new MockActivityEnvironment().run(activity, whole);
}

const failure = (outcome: SentOutcome) => (outcome.status === 'failed' ? outcome.error : undefined);

describe('a REST loader', () => {
  it('maps a list to a relation, with the id in the URL and the credential in the header', async () => {
    route = (_, response) => json(response, { items: [{ id: 7, name: 'Seven', secret: 'left out' }, { id: 'b', name: null }] }, { etag: '"v1"' });
    expect(await load({ revision: '/rev' })).toEqual({
      status: 'loaded',
      etag: '"v1"',
      changes: [{ op: 'replace', type: 'Source', id: 's 1', relation: 'datasets', entities: [{ id: '7', name: 'Seven' }, { id: 'b' }] }],
    });
    expect(seen[0]?.url).toBe('/v1/things/s%201');
    expect(seen[0]?.headers.authorization).toBe('Bearer tok-9');
  });

  it('is counted by its outcome, and its failures by how long they last', async () => {
    // The counters are the process's own, and a test may be tried again.
    const type = `Counted${Date.now()}`;
    const root = { type, id: 's 1' };
    const age = async (): Promise<number> => Number(new RegExp(`oldest_failing_load_seconds\\{entity_type="${type}"\\} ([\\d.]+)`).exec(await metrics.render())?.[1]);
    const answer = { status: 500 };
    route = (_, response) => json(response, { items: [] }, {}, answer.status);
    expect((await load({}, { root })).status).toBe('failed');
    expect(await metrics.render()).toContain(`tributary_entity_loads_total{entity_type="${type}",loader="datasets",outcome="failed"} 1`);
    await waitFor('its age to grow', async () => (await age()) > 0);
    answer.status = 200;
    expect((await load({}, { root })).status).toBe('loaded');
    expect(await metrics.render()).toContain(`tributary_entity_loads_total{entity_type="${type}",loader="datasets",outcome="loaded"} 1`);
    expect(await age()).toBe(0);
  });

  it('maps an object to the root, and takes the revision', async () => {
    route = (_, response) => json(response, { data: { 'a/b': { size: 3 } }, rev: 12 });
    const mapping = { items: '/data', fields: { size: '/a~1b/size', label: () => 'fixed' } };
    expect(await load({ mapping, revision: '/rev' })).toEqual({
      status: 'loaded',
      revision: 12,
      changes: [{ op: 'update', type: 'Source', id: 's 1', set: { size: 3, label: 'fixed' } }],
    });
  });

  it('unsets what the source says is null, and leaves alone what it does not say', async () => {
    route = (_, response) => json(response, { name: 'One', note: null });
    const mapping = { fields: { name: '/name', note: '/note', size: '/size' } };
    expect(await load({ mapping })).toMatchObject({ changes: [{ op: 'update', type: 'Source', id: 's 1', set: { name: 'One' }, unset: ['note'] }] });
  });

  it('asks only for what has changed', async () => {
    route = ({ headers }, response) => (headers['if-none-match'] === '"v1"' ? response.writeHead(304).end() : json(response, { items: [] }));
    expect(await load({}, { etag: '"v1"' })).toEqual({ status: 'unchanged' });
  });

  it.each([
    ['link', { by: 'link' } as const],
    ['next', { by: 'next', pointer: '/next' } as const],
    ['cursor', { by: 'cursor', pointer: '/cursor', parameter: 'after' } as const],
    ['offset', { by: 'offset', parameter: 'start', limit: 2 } as const],
    ['offset with a total', { by: 'offset', parameter: 'start', limit: 2, total: '/total' } as const],
  ])('follows pages by %s', async (_, paging) => {
    const all = ['a', 'b', 'c', 'd', 'e'];
    route = ({ url = '' }, response) => {
      const query = new URL(url, 'http://x').searchParams;
      const start = Number(query.get('start') ?? query.get('after') ?? 0);
      const next = start + 2 < all.length ? String(start + 2) : undefined;
      const more = next === undefined ? {} : { next: `/v1/things?start=${next}`, cursor: next };
      json(response, { items: all.slice(start, start + 2).map((id) => ({ id, name: id })), total: all.length, ...more }, next === undefined ? {} : { link: `<?start=${next}>; rel="next"` });
    };
    const outcome = await load({ paging });
    expect(outcome.status === 'loaded' && outcome.changes[0]).toMatchObject({ entities: all.map((id) => ({ id, name: id })) });
    expect(seen).toHaveLength(3);
  });

  it.each([401, 403])('says that status %i is the credential', async (status) => {
    route = (_, response) => json(response, {}, {}, status);
    expect(failure(await load())).toMatchObject({ code: 'STATEFUL_SOURCE_FAILED', auth: true });
  });

  it('says how long a source asks to wait', async () => {
    route = (_, response) => json(response, {}, { 'retry-after': '7' }, 503);
    const error = failure(await load());
    expect(error).toMatchObject({ code: 'STATEFUL_SOURCE_FAILED', retryAfterMs: 7000 });
    expect(error).not.toHaveProperty('auth');
  });

  it.each([
    ['no JSON', (response: ServerResponse) => response.end('<html>'), 'it is no JSON'],
    ['no list', (response: ServerResponse) => json(response, { items: {} }), 'there is no list at "/items"'],
    ['no id', (response: ServerResponse) => json(response, { items: [{ name: 'x' }] }), 'item 0 has no id'],
    ['too much', (response: ServerResponse) => json(response, { items: [{ id: 'x'.repeat(3000) }] }), 'it is larger than 2000 bytes'],
    ['too many', (response: ServerResponse) => json(response, { items: [1, 2, 3, 4].map((id) => ({ id })) }), 'there are more than 3 items'],
  ])('refuses an answer with %s', async (_, answer, problem) => {
    route = (_request, response) => void answer(response);
    expect(failure(await load({ maxBytes: 2000, maxItems: 3 }))).toMatchObject({ code: 'STATEFUL_ANSWER_INVALID', message: expect.stringContaining(problem) as string });
  });

  it('gives up on a source that does not answer', async () => {
    route = () => undefined;
    expect(failure(await load({ timeoutMs: 100 }))).toMatchObject({ code: 'STATEFUL_SOURCE_UNREACHABLE', message: expect.stringContaining('within 100 ms') as string });
  });

  it('packs a result that is too large for a payload as it is', async () => {
    const items = Array.from({ length: 9000 }, (_item, id) => ({ id: `sales.orders_${id}`, name: `Orders ${id}` }));
    route = (_, response) => json(response, { items });
    const sent = await load();
    expect(payloadBytes(sent)).toBeLessThan(PAYLOAD_LIMIT_BYTES);
    const outcome = sent.status === 'packed' ? unpack<LoadOutcome>(sent.outcome) : undefined;
    expect(outcome?.status === 'loaded' && outcome.changes[0]).toMatchObject({ entities: items });
  });

  it('refuses a result that no payload holds', async () => {
    route = (_, response) => json(response, { items: Array.from({ length: 3000 }, (_item, id) => ({ id, name: randomBytes(80).toString('base64') })) });
    expect(failure(await load())).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('needs a URL', async () => {
    const activity = loadActivity(restLoader({ url: '/x', mapping: LIST }), { secretStore: new MemorySecretStore(secrets), allowedHosts: [host] });
    const request: LoadRequest = { loader: 'datasets', epoch: 1, workflow: 'w', root: { type: 'S', id: 's' }, credential: { kind: 'none' } };
    expect(failure(await new MockActivityEnvironment().run(activity, request))).toMatchObject({ code: 'STATEFUL_API_URL_MISSING' });
  });
});

describe('hosts', () => {
  it.each(['http://127.0.0.1:1/x', 'http://localhost/x', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'http://user@example.com/'])('that the worker may not call are not called: %s', async (url) => {
    expect(failure(await load({}, { apiUrl: url }))).toMatchObject({ code: 'STATEFUL_HOST_REFUSED' });
    expect(seen).toHaveLength(0);
  });

  it('of a pattern are all below it, and nothing beside it', async () => {
    expect(failure(await load({}, { apiUrl: 'http://evil-example.com/' }, ['*.example.com']))?.code).toBe('STATEFUL_HOST_REFUSED');
    expect(failure(await load({}, { apiUrl: 'http://a.example.com.evil.net/' }, ['*.example.com']))?.code).toBe('STATEFUL_HOST_REFUSED');
  });

  it('that an allowed one redirects to are checked too', async () => {
    route = (_, response) => response.writeHead(302, { location: `http://${other}/stolen` }).end();
    expect(failure(await load())).toMatchObject({ code: 'STATEFUL_HOST_REFUSED' });
    expect(seen).toHaveLength(1);
  });

  it('that a redirect leads to never see the credential', async () => {
    route = ({ headers, url }, response) => {
      if (url?.startsWith('/v1')) response.writeHead(302, { location: headers.host === host ? `http://${other}/moved` : '/moved' }).end();
      else json(response, { items: [] });
    };
    expect(await load({}, {}, [host, other])).toMatchObject({ status: 'loaded' });
    expect(seen.map(({ headers }) => [headers.host, headers.authorization])).toEqual([[host, 'Bearer tok-9'], [other, undefined]]);
  });

  it('keep the credential when a redirect stays with them', async () => {
    route = ({ url }, response) => (url?.startsWith('/v1') ? response.writeHead(307, { location: '/moved' }).end() : json(response, { items: [] }));
    await load();
    expect(seen.at(-1)?.headers.authorization).toBe('Bearer tok-9');
  });

  it('that redirect in circles are left', async () => {
    route = (_, response) => response.writeHead(302, { location: '/again' }).end();
    expect(failure(await load())).toMatchObject({ code: 'STATEFUL_ANSWER_INVALID' });
  });
});

describe('credentials', () => {
  beforeEach(() => {
    route = (_, response) => json(response, { items: [] });
  });

  it('go as declared', async () => {
    await load({ auth: { header: 'x-api-key', prefix: 'Key ' } });
    expect(seen[0]?.headers).toMatchObject({ 'x-api-key': 'Key tok-9' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('are not sent when there are none', async () => {
    await load({}, { credential: { kind: 'none' } });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('are used from the version asked for on', async () => {
    expect(await load({}, { credential: { kind: 'reference', ref: REF, minVersion: 3 } })).toMatchObject({ status: 'loaded' });
    expect(failure(await load({}, { credential: { kind: 'reference', ref: REF, minVersion: 4 } }))).toMatchObject({ code: 'STATEFUL_CREDENTIAL_BEHIND' });
    expect(seen).toHaveLength(1);
  });

  it('show in no failure', async () => {
    const activity = loadActivity(
      async (_, access) => {
        throw new Error(`it said ${(await access.secret())?.reveal()}`);
      },
      { secretStore: new MemorySecretStore(secrets) },
    );
    const request: LoadRequest = { loader: 'x', epoch: 1, workflow: 'w', root: { type: 'S', id: 's' }, credential: { kind: 'reference', ref: REF, minVersion: 0 } };
    expect(JSON.stringify(await new MockActivityEnvironment().run(activity, request))).not.toContain('tok-9');
  });
});

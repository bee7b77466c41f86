import { afterEach, describe, expect, it } from '@jest/globals';
import { Catalog } from './catalog.js';
import { startCatalogApi, type CatalogApi, type CatalogApiOptions } from './server.js';

let api: CatalogApi | undefined;

afterEach(() => api?.stop());

async function start(options: CatalogApiOptions = {}): Promise<CatalogApi> {
  return (api = await startCatalogApi(options));
}

async function get(path: string, { token = api?.generations.token, ...headers }: Record<string, string | undefined> = {}) {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  const response = await fetch(new URL(path, api?.url), {
    headers: { ...(token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }), ...Object.fromEntries(given) },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> };
}

const post = (path: string, body?: object) =>
  fetch(`${api?.url}/control/${path}`, { method: 'POST', ...(body && { body: JSON.stringify(body) }) });

describe('the catalog', () => {
  it('is the same for the same sizes and seed, and another for another seed', () => {
    const at = (): number => 1_800_000_000_000;
    const list = (seed: number) => [...new Catalog({ sources: 3, datasets: 25, seed }, at).datasets.values()];
    expect(list(7)).toEqual(list(7));
    expect(list(7)).not.toEqual(list(8));
    expect(new Set(list(7).map(({ id }) => id)).size).toBe(75);
  });

  it('has its datasets loaded in time, until they are stopped', () => {
    let now = 1_800_000_000_000;
    const catalog = new Catalog({ sources: 1, datasets: 5 }, () => now);
    const [dataset] = catalog.of('sales');
    const { id = '', expectedIntervalSeconds = 0 } = dataset ?? {};
    const age = () => (now - catalog.lastLoadedAt(catalog.dataset(id))) / 1000;
    for (let hour = 0; hour < 30; hour += 1, now += 3_600_000) expect(age()).toBeLessThan(expectedIntervalSeconds);
    catalog.stop(id, 4);
    expect(age()).toBe(4 * expectedIntervalSeconds);
    now += 1000;
    expect(age()).toBe(4 * expectedIntervalSeconds + 1);
    catalog.resume(id);
    expect(age()).toBeLessThan(expectedIntervalSeconds);
  });
});

describe('the API', () => {
  it('lists datasets page by page, each once', async () => {
    await start({ world: { sources: 1, datasets: 23 } });
    const ids: unknown[] = [];
    let pages = 0;
    for (let next: unknown = '/v1/sources/sales/datasets?per_page=10'; typeof next === 'string'; pages += 1) {
      const { json } = await get(next);
      expect(json['total']).toBe(23);
      ids.push(...(json['items'] as { id: string }[]).map(({ id }) => id));
      next = json['next'];
    }
    expect([pages, ids.length, new Set(ids).size]).toEqual([3, 23, 23]);
    expect((await get('/v1/sources/sales/datasets?page=0')).status).toBe(400);
    expect((await get('/v1/sources/nowhere/datasets')).status).toBe(404);
  });

  it('knows again what a client has', async () => {
    const { catalog } = await start();
    catalog.stop('sales.orders', 2);
    const first = await get('/v1/datasets/sales.orders');
    expect(first.json).toMatchObject({ id: 'sales.orders', source: 'sales', name: 'orders' });
    const tag = first.headers.get('etag') ?? '';
    expect(await get('/v1/datasets/sales.orders', { 'if-none-match': tag })).toMatchObject({ status: 304, json: undefined });
    await post('datasets/sales.orders/owner', { owner: 'somebody' });
    expect((await get('/v1/datasets/sales.orders', { 'if-none-match': tag })).json).toMatchObject({ owner: 'somebody' });
  });

  it('accepts the current token alone, and notes the generation of each request but never a token', async () => {
    const { generations, requests } = await start({ tokens: ['first-token', 'second-token'] });
    expect((await get('/v1/sources')).status).toBe(200);
    expect((await get('/v1/sources', { token: '' })).status).toBe(401);
    expect(await (await post('rotate')).json()).toEqual({ generation: 2 });
    expect((await get('/v1/sources', { token: 'first-token' })).status).toBe(401);
    expect((await get('/v1/sources', { token: 'second-token' })).status).toBe(200);
    expect((await get('/v1/sources', { token: 'a guess' })).status).toBe(401);
    const { token } = generations.rotate();
    expect((await get('/v1/sources', { token })).status).toBe(200);
    const seen = requests.entries.map(({ generation, current, status }) => [generation, current, status]);
    expect(seen).toEqual([[1, 1, 200], [undefined, 1, 401], [1, 2, 401], [2, 2, 200], [0, 2, 401], [3, 3, 200]]);
    expect(JSON.stringify(requests.entries)).not.toMatch(/token|guess/);
  });

  it('fails, hesitates and changes as it is told', async () => {
    const { requests } = await start();
    await post('faults', { status: 503, times: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await get('/v1/sources')).status);
    expect(statuses).toEqual([503, 503, 200]);
    await post('faults', { millis: 80 });
    const began = performance.now();
    await get('/v1/sources');
    expect(performance.now() - began).toBeGreaterThan(75);
    await post('datasets/sales.extra/appear');
    expect((await get('/v1/datasets/sales.extra')).status).toBe(200);
    await post('datasets/sales.extra/vanish');
    expect((await get('/v1/datasets/sales.extra')).status).toBe(404);
    expect((await post('datasets/sales.nothing/stop')).status).toBe(400);
    const { latest } = requests;
    await get('/v1/sources');
    const log = (await (await fetch(`${api?.url}/control/requests?after=${latest}`)).json()) as { requests: object[] };
    expect(log.requests).toMatchObject([{ number: latest + 1, method: 'GET', path: '/v1/sources', generation: 1, current: 1, status: 200 }]);
  });
});

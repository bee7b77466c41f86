import { randomUUID } from 'node:crypto';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { createHierarchyActivities } from '@tributary/stateful-hierarchy/activities';
import { startCatalogApi, type CatalogApi } from '@tributary/testing/catalog-api';
import { waitFor } from '@tributary/testing/stack';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { bearer } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { openEvents } from '../testdata/event-reader.js';
import { startHierarchyWorker } from '../testdata/hierarchy-worker.js';
import { startFixture, type ApiUnderTest, type Fixture } from '../testdata/fixture.js';
import type { Entity, EntityChildList, EntityList, EntityStatePage, EntitySummary } from './schemas.js';

const TOKEN = 'secret://local/catalog#token';

let fixture: Fixture;
let api: ApiUnderTest;
let http: CheckedClient;
let catalog: CatalogApi;
let worker: { stop(): Promise<void> } | undefined;

beforeAll(async () => {
  [fixture, catalog] = await Promise.all([startFixture(), startCatalogApi({ world: { sources: 1, datasets: 3 } })]);
  const { token } = catalog.generations;
  const activities = createHierarchyActivities({
    secrets: new MemorySecretStore({ local: { catalog: { token }, wrong: { token: 'wrong' } } }),
    events: new MemoryEventBus(),
    allowedHosts: [new URL(catalog.url).host],
    encrypted: false,
    searchAttributes: false,
  });
  worker = await startHierarchyWorker(fixture.temporal, activities);
  api = await fixture.startApi();
  http = await CheckedClient.of(api.url);
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  await fixture.stop();
  await catalog.stop();
}, 60_000);

const put = (path: string, body: object) => http.call('PUT', path, { headers: { ...bearer(), 'content-type': 'application/json' }, body: JSON.stringify(body) });
const organization = (id: string) => ({ entity: { id, name: id }, apiToken: TOKEN, apiUrl: catalog.url });
const start = (id: string) => http.post<EntitySummary>('/v1/entities/organization', organization(id));
const read = async (path: string): Promise<Entity> => (await http.get<Entity>(path)).body;

describe('entity types', () => {
  it('say how they are started and what may be asked of them, in JSON Schema', async () => {
    const { body } = await http.get<{ entityTypes: { type: string; start: object; actions: { name: string; input: object }[]; views: string[] }[] }>('/v1/entity-types');
    expect(body.entityTypes.map(({ type }) => type)).toEqual(['organization', 'source', 'launchpad-source', 'dataset', 'repository']);
    const [top] = body.entityTypes;
    expect(top?.views).toEqual(['summary', 'worst']);
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    expect(ajv.validate(top?.start ?? false, organization('acme'))).toBe(true);
    expect(ajv.validate(top?.start ?? false, { entity: { id: 'acme' } })).toBe(false);
    const add = top?.actions.find(({ name }) => name === 'addSource')?.input ?? false;
    expect(ajv.validate(add, { id: 's', name: 's', kind: 'catalog' })).toBe(true);
    expect(ajv.validate(add, { id: 's', name: 's', kind: 'other' })).toBe(false);
  });
});

describe('an entity', () => {
  it('is started once, grows, is read, paused, rotated and cancelled', async () => {
    const started = await start('acme & co');
    expect(started).toMatchObject({ status: 201, body: { type: 'organization', id: 'acme & co', workflowId: 'Organization/acme%20%26%20co', status: 'running' } });
    const { self } = started.body.links;
    expect(started.headers.get('location')).toBe(self);
    expect(await start('acme & co')).toMatchObject({ status: 409, body: { code: 'ENTITY_RUNNING' } });

    const [source] = catalog.catalog.sources.values();
    const add = { id: source?.id, name: source?.name, kind: 'catalog' };
    const headers = { 'idempotency-key': randomUUID() };
    expect(await http.post(`${self}/actions/addSource`, add, headers)).toMatchObject({ status: 200, body: { action: 'addSource', result: null } });
    // The same call is answered as before; another one is refused by the action itself.
    expect((await http.post(`${self}/actions/addSource`, add, headers)).status).toBe(200);
    expect(await http.post(`${self}/actions/addSource`, add)).toMatchObject({ status: 409, body: { code: 'HIERARCHY_SOURCE_KNOWN' } });

    const datasets = catalog.catalog.datasets.size;
    const summary = async () => (await http.get<{ result: { sources: { datasets: Record<string, number> }[] } }>(`${self}/views/summary`)).body.result;
    await waitFor('all datasets', async () => (await summary()).sources[0]?.datasets['ok'] === datasets, 30_000);

    const entity = await read(self);
    expect(entity).toMatchObject({ progress: { phase: 'live', children: { running: 1, total: 1 } }, health: { credential: { kind: 'reference', ref: TOKEN } } });
    const { body: page } = await http.get<EntityStatePage>(`${self}/state?entity=Dataset`);
    expect(Object.keys(page.entities['Dataset'] ?? {})).toHaveLength(datasets);
    const { body: below } = await http.get<EntityChildList>(`/v1/entities/source/${source?.id}/children?pageSize=2`);
    expect(below.children).toHaveLength(2);
    const { body: rest } = await http.get<EntityChildList>(`/v1/entities/source/${source?.id}/children?pageSize=2&pageToken=${below.nextPageToken}`);
    expect(rest.children).toHaveLength(datasets - 2);
    await waitFor('the list', async () => (await http.get<EntityList>('/v1/entities?type=dataset&status=running')).body.entities.length === datasets);

    expect((await http.post(`${self}/pause`)).status).toBe(204);
    expect((await read(self)).progress?.phase).toBe('paused');
    expect((await http.post(`${self}/resume`)).status).toBe(204);

    const before = catalog.requests.latest;
    expect((await put(`${self}/api-token`, { reference: TOKEN })).status).toBe(204);
    await waitFor('loads with the credential', () => catalog.requests.after(before).length > 0);
    expect((await put(`${self}/api-url`, { url: catalog.url })).status).toBe(204);
    expect((await http.post(`/v1/entities/source/${source?.id}/load`, { loader: 'about' })).status).toBe(204);

    expect(await http.post(`${self}/cancel`)).toMatchObject({ status: 202 });
    await waitFor('its end', async () => (await read(self)).status === 'cancelled', 30_000);
    expect(await http.post(`${self}/actions/addSource`, add)).toMatchObject({ status: 409, body: { code: 'ENTITY_CLOSED' } });
    expect(await http.post(`${self}/pause`)).toMatchObject({ status: 409, body: { code: 'ENTITY_CLOSED' } });
    expect((await start('acme & co')).status).toBe(201);
    await http.post(`${self}/cancel`);
  }, 90_000);

  it('is followed by its changes, and from where a reader has been', async () => {
    const { body } = await start('followed');
    const { self, changes } = body.links;
    const first = await openEvents(`${api.url}${changes}`);
    expect((await first.next(({ name }) => name === 'state')).data).toMatchObject({ entities: { Organization: { followed: { name: 'followed' } } } });
    await http.post(`${self}/actions/setThresholds`, { lateAfter: 2, staleAfter: 4 });
    const patch = await first.next(({ name }) => name === 'patch');
    expect(patch.data).toMatchObject({ patch: { type: expect.any(String) as unknown } });
    first.leave();

    const { at } = patch.data as { at: number };
    await http.post(`${self}/actions/setThresholds`, { lateAfter: 3, staleAfter: 5 });
    const second = await openEvents(`${api.url}${changes}`, undefined, { 'last-event-id': String(at) });
    expect((await second.next(({ name }) => name === 'patch')).data).toMatchObject({ at: at + 1 });
    expect(second.events.some(({ name }) => name === 'state')).toBe(false);
    // A position that never was is replaced by the state.
    const third = await openEvents(`${api.url}${changes}`, undefined, { 'last-event-id': '999999' });
    await third.next(({ name }) => name === 'reset');
    await third.next(({ name }) => name === 'state');
    third.leave();
    await http.post(`${self}/cancel`);
    expect((await second.next(({ name }) => name === 'end')).data).toEqual({ status: 'cancelled' });
    await second.closed();
  }, 60_000);

  it('counts its streams with those of runs', async () => {
    const { body } = await start('streams');
    const small = await fixture.startApi({ limits: { rateLimit: 100_000, maxRequests: 100, maxStreams: 1 } });
    const one = await openEvents(`${small.url}${body.links.changes}`);
    expect((await openEvents(`${small.url}${body.links.changes}`)).status).toBe(503);
    one.leave();
    await waitFor('the place of the stream', async () => {
      const next = await openEvents(`${small.url}${body.links.changes}`);
      next.leave();
      return next.status === 200;
    });
    await http.post(`${body.links.self}/cancel`);
  });
});

describe('refusals', () => {
  it.each<[string, string, string, object | undefined, number, string]>([
    ['an unknown type', 'GET', '/v1/entities/nothing/x', undefined, 404, 'ENTITY_TYPE_UNKNOWN'],
    ['an unknown entity', 'GET', '/v1/entities/organization/nobody', undefined, 404, 'ENTITY_UNKNOWN'],
    ['an unknown entity to pause', 'POST', '/v1/entities/organization/nobody/pause', undefined, 404, 'ENTITY_UNKNOWN'],
    ['an unknown entity to follow', 'GET', '/v1/entities/organization/nobody/changes', undefined, 404, 'ENTITY_UNKNOWN'],
    ['an unknown view', 'GET', '/v1/entities/organization/nobody/views/constructor', undefined, 404, 'ENTITY_VIEW_UNKNOWN'],
    ['an unknown action', 'POST', '/v1/entities/organization/nobody/actions/toString', {}, 404, 'ENTITY_ACTION_UNKNOWN'],
    ['a damaged page token', 'GET', '/v1/entities/organization/nobody/state?pageToken=abc', undefined, 400, 'API_PAGE_TOKEN_INVALID'],
    ['a start without its fields', 'POST', '/v1/entities/organization', { entity: { id: 'x' } }, 400, 'STATEFUL_MESSAGE_INVALID'],
    ['a start with a credential', 'POST', '/v1/entities/organization', { entity: { id: 'x', name: 'x' }, apiToken: 'hunter2' }, 400, 'INPUT_HOLDS_CREDENTIAL'],
    ['a credential in place of a reference', 'PUT', '/v1/entities/organization/nobody/api-token', { reference: 'hunter2' }, 400, 'API_INPUT_INVALID'],
    ['a URL with a user', 'PUT', '/v1/entities/organization/nobody/api-url', { url: 'https://u@host' }, 400, 'INPUT_HOLDS_CREDENTIAL'],
  ])('tell of %s', async (_, method, path, body, status, code) => {
    const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    expect(await http.call(method, path, init)).toMatchObject({ status, body: { code } });
  });

  it('tell of an input that an action does not take, and of a type that an entity is not', async () => {
    const { body } = await start('refusing');
    const { self } = body.links;
    expect(await http.post(`${self}/actions/addSource`, { id: 1 })).toMatchObject({ status: 400, body: { code: 'STATEFUL_MESSAGE_INVALID' } });
    expect(await http.post(`${self}/actions/removeSource`, { id: 'none' })).toMatchObject({ status: 404, body: { code: 'HIERARCHY_SOURCE_UNKNOWN' } });
    expect(await http.post(`${self}/actions/setThresholds`, { lateAfter: 4, staleAfter: 2 })).toMatchObject({ status: 400, body: { code: 'HIERARCHY_THRESHOLDS_INVALID' } });
    expect(await http.post(`${self}/load`, { loader: 'nothing' })).toMatchObject({ status: 400 });
    // An entity of another workflow under the same name.
    await fixture.client.workflow.start('somethingElse', { workflowId: 'Organization/foreign', taskQueue: 'sql-metadata' });
    expect((await http.get('/v1/entities/organization/foreign')).status).toBe(404);
    expect((await http.post('/v1/entities/organization/foreign/cancel')).status).toBe(404);
    await http.post(`${self}/cancel`);
  });
});

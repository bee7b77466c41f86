import { createWorld, startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import { compareWithList, readMetricPage, waitFor } from '@tributary/testing/stack';
import { HierarchyBed } from './hierarchy-bed.js';

describe('an organization with two sources and twenty datasets', () => {
  let launchpad: LaunchpadServer;
  let bed: HierarchyBed;

  beforeAll(async () => {
    launchpad = await startLaunchpad({ world: createWorld({ seed: 4, projects: 2, bugs: 5 }) });
    bed = await HierarchyBed.start({ hosts: [new URL(launchpad.url).host], environment: { TRIBUTARY_SEARCH_ATTRIBUTES: 'true' } });
    const attribute = (name: string, type: string): Promise<string> => bed.temporal('operator', 'search-attribute', 'create', '--name', name, '--type', type);
    for (const name of ['EntityType', 'EntityId', 'EntityOwner', 'EntityStatus']) await attribute(name, 'Keyword');
    await attribute('EntityVersion', 'Int');
    await bed.grow();
  }, 120_000);

  afterAll(async () => {
    await bed?.stop();
    await launchpad?.stop();
  }, 60_000);

  const summary = () => bed.organization().views.summary();
  const hasRun = async (workflowId: string): Promise<boolean> => (await bed.running()).includes(workflowId);

  it('comes up and rolls up', async () => {
    expect(await summary()).toEqual({
      id: 'acme',
      name: 'Acme',
      health: 'ok',
      sources: [
        { id: 'finance', name: 'Finance', kind: 'catalog', health: 'ok', datasets: { ok: 10 } },
        { id: 'sales', name: 'Sales', kind: 'catalog', health: 'ok', datasets: { ok: 10 } },
      ],
    });
    expect(await bed.organization().views.worst()).toEqual([]);
    expect(await bed.running()).toHaveLength(23);
  });

  it('is found by what it is', async () => {
    const found = async (query: string): Promise<number> => (await bed.client.workflow.count(query)).count;
    await waitFor('the datasets of a source', async () => (await found('EntityOwner = "Source/sales" AND EntityStatus = "running"')) === 10);
    expect(await found('EntityType = "Source" AND EntityVersion = 1')).toBe(2);
    expect(await found('EntityId = "acme"')).toBe(1);
  });

  it('tells on the bus, and upwards, that a dataset has become stale, and that it is well again', async () => {
    const from = bed.events.length;
    const told = () => bed.events.slice(from).map(({ subject, data }) => `${subject} ${String(data.before)} -> ${String(data.after)}`);
    bed.api.catalog.stop('sales.orders', 5);
    await bed.dataset('sales.orders').actions.refresh({});
    await bed.counts('the organization to know', { ok: 19, stale: 1 });
    expect((await summary()).health).toBe('stale');
    expect(await bed.organization().views.worst()).toMatchObject([{ id: 'sales.orders', health: 'stale' }]);
    expect(await bed.source('sales').views.worst()).toMatchObject([{ id: 'sales.orders', health: 'stale', lateness: 5 }]);
    await waitFor('three events', () => bed.events.length >= from + 3);
    expect(told().sort()).toEqual(['acme ok -> stale', 'sales ok -> stale', 'sales.orders ok -> stale']);
    expect(bed.events.at(-1)).toMatchObject({ type: 'tributary.hierarchy.health-changed.v1' });

    bed.api.catalog.resume('sales.orders');
    await bed.dataset('sales.orders').actions.refresh({});
    await waitFor('three more events', () => bed.events.length >= from + 6);
    expect(told().slice(3).sort()).toEqual(['acme stale -> ok', 'sales stale -> ok', 'sales.orders stale -> ok']);
    expect(new Set(bed.events.map(({ id }) => id)).size).toBe(bed.events.length);
  }, 60_000);

  it('follows who owns a dataset, also when nobody does any more', async () => {
    const owner = async (): Promise<unknown> => (await bed.source('sales').state()).Dataset?.['sales.visits']?.owner;
    for (const name of ['somebody-new', undefined]) {
      bed.api.catalog.setOwner('sales.visits', name);
      await bed.dataset('sales.visits').load();
      await waitFor(`the owner to be ${String(name)}`, async () => (await owner()) === name);
    }
  });

  it('goes by the latest thresholds, for datasets that there are and those that come', async () => {
    bed.api.catalog.stop('sales.stock', 2.1);
    await bed.dataset('sales.stock').load();
    await bed.counts('the dataset to be late', { ok: 19, late: 1 });
    await bed.organization().actions.setThresholds({ lateAfter: 2.5, staleAfter: 4 });
    await bed.counts('the dataset to be in time', { ok: 20 });
    await bed.source('sales').actions.setThresholds({ lateAfter: 1.75, staleAfter: 2 });
    await bed.counts('the dataset to be stale', { ok: 19, stale: 1 });
    await expect(bed.organization().actions.setThresholds({ lateAfter: 3, staleAfter: 3 })).rejects.toMatchObject({ code: 'HIERARCHY_THRESHOLDS_INVALID' });

    bed.api.catalog.addDataset('sales', 'sales.extra');
    bed.api.catalog.stop('sales.extra', 1.8);
    await bed.source('sales').actions.refresh({});
    await bed.counts('the new dataset to be late', { ok: 19, stale: 1, late: 1 });
    bed.api.catalog.resume('sales.stock');
    bed.api.catalog.removeDataset('sales.extra');
    await Promise.all([bed.dataset('sales.stock').load(), bed.source('sales').actions.refresh({})]);
    await bed.counts('the dataset that vanished to be gone', { ok: 20 });
    await waitFor('its workflow to end', async () => !(await hasRun('Dataset/sales.extra')));
    expect((await bed.handle('Dataset/sales.extra').describe()).status.name).toBe('CANCELLED');
  }, 90_000);

  it('keeps what it knows while the API fails, and asks for what has not changed by its ETag', async () => {
    const { latest } = bed.api.requests;
    bed.api.faults.add({ path: '/v1/datasets/finance.orders', times: 2 }, { kind: 'status', status: 500 });
    await bed.dataset('finance.orders').load();
    await waitFor('the failure to show', async () => (await bed.dataset('finance.orders').health()).loads['freshness']?.error?.code === 'STATEFUL_SOURCE_FAILED');
    await bed.counts('nothing to change', { ok: 20 });
    await waitFor('the load to succeed', async () => (await bed.dataset('finance.orders').health()).loads['freshness']?.error === undefined, 60_000);
    await bed.source('finance').load('about');
    await waitFor('an answer that says nothing new', () => bed.since(latest).some(({ path, status }) => path === '/v1/sources/finance' && status === 304));
  }, 90_000);

  it('stops every effect of what is paused, and goes on when it is resumed', async () => {
    const orders = bed.dataset('finance.orders');
    await orders.pause();
    const { latest } = bed.api.requests;
    bed.api.catalog.stop('finance.orders', 9);
    await orders.handle.signal('load');
    await bed.dataset('finance.visits').load();
    const asked = (id: string) => bed.since(latest).filter(({ path }) => path === `/v1/datasets/${id}`).length;
    await waitFor('another dataset to load', () => asked('finance.visits') > 0);
    expect((await orders.progress()).phase).toBe('paused');
    expect(asked('finance.orders')).toBe(0);

    // An owner that is paused takes nothing over, and loses nothing.
    const finance = bed.source('finance');
    await finance.pause();
    await orders.resume();
    await waitFor('the dataset to have told its source', async () => (await finance.health()).held > 0);
    await bed.counts('the organization to know nothing yet', { ok: 20 });
    await finance.resume();
    await bed.counts('the organization to know', { ok: 19, stale: 1 });
    bed.api.catalog.resume('finance.orders');
    await orders.load();
    await bed.counts('the dataset to be well', { ok: 20 });
  }, 60_000);

  it('watches a project on Launchpad without showing it the token', async () => {
    const organization = bed.organization();
    await organization.actions.addSource({ id: 'tributary', name: 'Tributary', kind: 'launchpad' });
    // The real one is not on the list of hosts.
    const refused = async (): Promise<string | undefined> => {
      const isThere = await hasRun('Source/tributary');
      const health = isThere ? await bed.source('tributary').health().catch(unlessStarting) : undefined;
      return health?.loads['repositories']?.error?.code;
    };
    await waitFor('another host to be refused', async () => (await refused()) === 'STATEFUL_HOST_REFUSED');
    await bed.source('tributary').apiUrl.set(launchpad.url);
    await bed.source('tributary').load();
    const repositories = launchpad.world.code.repositories.filter((one) => one.project?.name === 'tributary' && !one.private).length;
    expect(repositories).toBeGreaterThan(2);
    const known = async (): Promise<number> => {
      const source = (await summary()).sources.find(({ id }) => id === 'tributary');
      return Object.values(source?.datasets ?? {}).reduce((sum, count) => sum + count, 0);
    };
    await waitFor(`its ${repositories} repositories`, async () => (await known()) === repositories);
    expect((await bed.source('tributary').health()).loads['repositories']?.error).toBeUndefined();
    expect(launchpad.requests.entries.map(({ caller }) => caller)).toEqual(launchpad.requests.entries.map(() => undefined));

    await expect(organization.actions.addSource({ id: 'sales', name: 'Twice', kind: 'catalog' })).rejects.toMatchObject({ code: 'HIERARCHY_SOURCE_KNOWN' });
    await expect(organization.actions.removeSource({ id: 'nowhere' })).rejects.toMatchObject({ code: 'HIERARCHY_SOURCE_UNKNOWN' });
    await organization.actions.removeSource({ id: 'tributary' });
    await waitFor('everything below it to end', async () => (await bed.running()).length === 23);
    expect((await summary()).sources.map(({ id }) => id)).toEqual(['finance', 'sales']);
  }, 90_000);

  it('shows on the page of metrics what is listed, and nothing else', async () => {
    expect(compareWithList('stateful-hierarchy-worker', await readMetricPage(bed.worker))).toEqual({ unlisted: [], missing: [] });
  });

  it('ends as Canceled, and with it all that is below', async () => {
    const all = await bed.running();
    await bed.temporal('workflow', 'cancel', '--workflow-id', 'Organization/acme');
    await waitFor('everything to end', async () => (await bed.running()).length === 0);
    const statuses = await Promise.all(all.map(async (id) => (await bed.handle(id).describe()).status.name));
    expect(new Set(statuses)).toEqual(new Set(['CANCELLED']));
  }, 60_000);
});

function unlessStarting(error: unknown): undefined {
  if (!(error instanceof Error) || !error.message.includes('STATEFUL_STARTING')) throw error;
}

import { startTcpProxy, type TcpProxy } from '@tributary/testing/faults';
import { waitFor } from '@tributary/testing/stack';
import { HierarchyBed } from './hierarchy-bed.js';

const DATASET = 'sales.orders';
/** The drain of 2 s, what the grace has over a drain, and time for a busy machine. */
const END_WITHIN_MS = 2_000 + 6_000 + 4_000;

describe('a tree of entities', () => {
  let bed: HierarchyBed;
  let proxy: TcpProxy;

  beforeAll(async () => {
    bed = await HierarchyBed.start({
      latencyMs: 50,
      environment: { TRIBUTARY_SHUTDOWN_GRACE_MS: '2000' },
      environmentOn: async ({ temporal }) => {
        proxy = await startTcpProxy(temporal.address);
        return { TEMPORAL_ADDRESS: proxy.address };
      },
    });
  }, 120_000);

  afterAll(async () => {
    proxy?.thaw();
    await bed?.stop();
    await proxy?.stop();
  }, 60_000);

  async function reasonNotReady(): Promise<string> {
    const answer = await fetch(`${bed.worker.url}/readyz`);
    return answer.status === 503 ? ((await answer.json()) as { reason: string }).reason : '';
  }

  const unready = (reason: string): Promise<void> => waitFor('the worker to be unready', async () => (await reasonNotReady()).includes(reason), 10_000);
  const ready = (): Promise<void> => waitFor('the worker to be ready', async () => (await reasonNotReady()) === '', 30_000);

  it('comes up all the same when Temporal is silent for a while, and a worker ends meanwhile', async () => {
    await bed.plant();
    await waitFor('some loads', () => bed.api.requests.latest > 5);
    proxy.freeze();
    await unready('the Temporal server does not answer');
    expect((await fetch(`${bed.worker.url}/livez`)).status).toBe(200);
    const since = performance.now();
    bed.worker.signal('SIGTERM');
    await bed.worker.exited;
    expect(performance.now() - since).toBeLessThan(END_WITHIN_MS);
    proxy.thaw();
    await bed.killWorker();
    await bed.counts('all datasets to be ok', { ok: bed.api.catalog.datasets.size });
    expect(await bed.running()).toHaveLength(1 + bed.api.catalog.sources.size + bed.api.catalog.datasets.size);
  }, 150_000);

  it('keeps what it knew while the sidecar is gone, says why a load fails, and loads again when the sidecar is back', async () => {
    const load = async () => (await bed.dataset(DATASET).health()).loads['freshness'];
    await bed.daprd.kill();
    await unready('the Dapr sidecar does not answer');
    await bed.dataset(DATASET).load();
    await waitFor('the load to fail', async () => (await load())?.error !== undefined);
    expect((await load())?.error).toMatchObject({ code: 'SIDECAR_UNREACHABLE' });
    await bed.counts('nothing to change', { ok: bed.api.catalog.datasets.size });
    await bed.restartSidecar();
    await ready();
    await bed.dataset(DATASET).load();
    await waitFor('the load to succeed', async () => (await load())?.error === undefined);
  }, 120_000);
});

import { waitFor } from '@tributary/testing/stack';
import { HierarchyBed, TOKEN } from './hierarchy-bed.js';

describe('a tree whose worker is killed with -9', () => {
  let bed: HierarchyBed;

  beforeAll(async () => {
    bed = await HierarchyBed.start({ world: { sources: 2, datasets: 30 }, latencyMs: 50 });
  }, 120_000);

  afterAll(() => bed?.stop(), 60_000);

  it('comes up all the same when that happens while it starts', async () => {
    const growing = bed.grow();
    await waitFor('some loads', () => bed.api.requests.latest > 10);
    await bed.killWorker();
    await growing;
    expect(await bed.running()).toHaveLength(63);
  }, 150_000);

  it('ends on the new token when that happens while it is rotated', async () => {
    const { generation } = await bed.rotate();
    const { latest } = bed.api.requests;
    const loaded = () =>
      new Set(bed.since(latest).flatMap(({ path, generation: used, status }) => (used === generation && status === 200 && path.startsWith('/v1/datasets/') ? [path] : [])));
    await bed.organization().apiToken.rotate({ ref: TOKEN, minVersion: generation });
    await waitFor('some loads', () => loaded().size > 5, 60_000, 5);
    await bed.killWorker();
    await waitFor('all loads', () => loaded().size === 60, 120_000);
    expect(bed.since(latest).filter(({ generation: used }) => used !== generation)).toEqual([]);
    await bed.counts('all datasets to be ok', { ok: 60 });
  }, 150_000);
});

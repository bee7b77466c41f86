import { readFileSync } from 'node:fs';
import { collectPlaces, placesWith, waitFor, type Places } from '@tributary/testing/stack';
import { HierarchyBed, TOKEN } from './hierarchy-bed.js';

describe('rotation of the token', () => {
  let bed: HierarchyBed;
  const tokens: string[] = [];
  const received: Buffer[] = [];

  beforeAll(async () => {
    bed = await HierarchyBed.start({ environment: { TRIBUTARY_LOG_LEVEL: 'trace' } });
    tokens.push(bed.api.generations.token);
    await bed.grow();
  }, 120_000);

  afterAll(() => bed?.stop(), 60_000);

  const isLoad = (path: string): boolean => path.startsWith('/v1/datasets/');
  const signal = (minVersion: number): Promise<string> =>
    bed.temporal('workflow', 'signal', '--workflow-id', 'Organization/acme', '--name', 'apiToken', '--input', JSON.stringify({ ref: TOKEN, minVersion }));

  /** Datasets that were loaded with a generation since a request. */
  const loadedWith = (generation: number, since: number): Set<string> =>
    new Set(bed.since(since).flatMap((entry) => (entry.generation === generation && entry.status === 200 && isLoad(entry.path) ? [entry.path] : [])));

  async function expectNothingButNew(generation: number, since: number): Promise<void> {
    const after = bed.since(since).filter(({ generation: used }) => used !== generation);
    expect(after).toEqual([]);
    for (const id of bed.api.catalog.datasets.keys()) expect((await bed.dataset(id).health()).credential).toEqual({ kind: 'reference', ref: TOKEN, minVersion: generation });
  }

  it('reaches every load with one signal at the top', async () => {
    const { generation, token } = await bed.rotate();
    tokens.push(token);
    const { latest } = bed.api.requests;
    await signal(generation);
    await waitFor('all datasets to be loaded with the new token', () => loadedWith(generation, latest).size === 20);
    await expectNothingButNew(generation, latest);
    await bed.counts('all datasets to be ok', { ok: 20 });
  }, 60_000);

  it('is waited for by loads that are refused, which keep their state meanwhile', async () => {
    const { generation } = bed.api.generations.rotate();
    tokens.push(bed.api.generations.token);
    await bed.dataset('sales.orders').load();
    const load = async () => (await bed.dataset('sales.orders').health()).loads['freshness'];
    await waitFor('the load to wait', async () => (await load())?.awaitingRotation === true);
    expect((await load())?.error).toMatchObject({ code: 'STATEFUL_SOURCE_FAILED', auth: true });
    await bed.counts('nothing to change', { ok: 20 });

    // The signal may come before the store has the credential: loads are tried again until it has.
    const { latest } = bed.api.requests;
    await signal(generation);
    await waitFor('the load to miss the new version', async () => (await load())?.error?.code === 'STATEFUL_CREDENTIAL_BEHIND');
    await bed.store({ token: bed.api.generations.token, version: String(generation) });
    await waitFor('all datasets to be loaded with the new token', () => loadedWith(generation, latest).size === 20, 60_000);
    expect(bed.since(latest).filter(({ generation: used }) => used !== generation)).toEqual([]);
  }, 90_000);

  it('leaves no token in any history, query, memo, log or file', async () => {
    expect(new Set(tokens).size).toBe(3);
    for (const id of await bed.running()) {
      const handle = bed.handle(id);
      const [history, described, state, health] = await Promise.all([handle.fetchHistory(), handle.describe(), handle.query('state', {}), handle.query('health')]);
      for (const part of [history, described, state, health]) received.push(Buffer.from(JSON.stringify(part, asText)));
    }
    const places: Places = await collectPlaces({
      stack: bed.stack,
      apps: [bed.worker],
      received: { 'histories, queries and descriptions': received, 'log of the sidecar': [readFileSync(bed.daprd.logFile)] },
    });
    for (const token of tokens) expect(placesWith(places, token)).toEqual([]);
    // What may be there is found, so the tokens would be.
    expect(placesWith(places, TOKEN)).toEqual(expect.arrayContaining(['temporal.sqlite', 'histories, queries and descriptions']));
    expect(placesWith(places, 'loadDataset')).toEqual(expect.arrayContaining(['worker.log', 'histories, queries and descriptions']));
  }, 60_000);
});

function asText(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  return typeof value === 'bigint' ? String(value) : value;
}

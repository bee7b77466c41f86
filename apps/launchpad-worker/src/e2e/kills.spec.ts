import { createWorld, startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import { waitFor } from '@tributary/testing/stack';
import type { EtlFlowResult } from '@tributary/workflow-contracts/etl';
import { LaunchpadBed, type EventRow } from './launchpad-bed.js';

const ARGS = { team: 'platform', data_date_start: '2025-11-01', data_date_end: '2026-11-01' };
const LANES = 8;
/** First request of a page that visits a bug or a proposal; a calm run makes it once. */
const PAGE = /\/bugs\/\d+$|\+merge\/\d+$/;

describe('a flow when something is killed in the middle', () => {
  let launchpad: LaunchpadServer;
  let bed: LaunchpadBed;
  let calm: { readonly rows: EventRow[]; readonly result: EtlFlowResult; readonly requests: ReadonlyMap<string, number> };

  beforeAll(async () => {
    // Latency makes a run long enough to be hit at any page.
    launchpad = await startLaunchpad({ world: createWorld({ seed: 3, bugs: 200, proposals: 60, questions: 40 }), latencyMs: 20 });
    const token = launchpad.tokens.issue('alice');
    bed = await LaunchpadBed.start({
      serviceRoot: launchpad.url,
      credentials: token,
      environment: { TRIBUTARY_FLOW_LANES: String(LANES) },
    });
    const result = await bed.run(ARGS);
    calm = { rows: await bed.events(), result, requests: requestsByUrl() };
  }, 180_000);

  beforeEach(async () => {
    await bed.clear();
    launchpad.requests.clear();
  });

  afterAll(async () => {
    await bed?.stop();
    await launchpad?.stop();
  }, 60_000);

  function requestsByUrl(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { url } of launchpad.requests.entries) counts.set(url, (counts.get(url) ?? 0) + 1);
    return counts;
  }

  const answered = (share: number) => (): boolean => launchpad.requests.count() >= share * [...calm.requests.values()].reduce((sum, count) => sum + count, 0);

  async function expectCalm(result: EtlFlowResult): Promise<void> {
    expect(await bed.events()).toEqual(calm.rows);
    const { events, types, subjects, units, quarantined } = result;
    expect({ events, types, subjects, units, quarantined }).toEqual({
      events: calm.result.events,
      types: calm.result.types,
      subjects: calm.result.subjects,
      units: calm.result.units,
      quarantined: 0,
    });
  }

  it('goes on after kill -9 of the worker, at any page, and reads at most the page in flight of each lane again', async () => {
    const handle = await bed.begin(ARGS);
    const again: string[][] = [];
    for (const share of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      await waitFor(`${String(share * 100)} % of the requests`, answered(share), 60_000, 5);
      await bed.worker.kill();
      // What was in flight is answered to nobody, and is no request of the next worker.
      await waitFor('the server to be idle', () => launchpad.requests.inFlight === 0);
      const before = new Set(launchpad.requests.entries.map(({ url }) => url));
      const asked = launchpad.requests.count();
      await bed.restart();
      await waitFor('the next worker to read on', () => launchpad.requests.count() > asked + 2 * LANES || answered(1)(), 30_000, 5);
      again.push(launchpad.requests.entries.slice(asked).flatMap(({ url }) => (PAGE.test(url) && before.has(url) ? [url] : [])));
    }
    await expectCalm((await handle.result()) as EtlFlowResult);
    expect(again.flat().length).toBeGreaterThan(0);
    for (const urls of again) {
      expect(urls.length).toBeLessThanOrEqual(LANES);
      expect(new Set(urls).size).toBe(urls.length);
    }
    const most = Math.max(...[...requestsByUrl()].flatMap(([url, count]) => (PAGE.test(url) ? [count] : [])));
    expect(most).toBeLessThanOrEqual(1 + again.length);
  }, 180_000);

  it('hands over in order when the worker is told to stop', async () => {
    const handle = await bed.begin(ARGS);
    await waitFor('half of the requests', answered(0.5), 60_000, 5);
    expect(await bed.worker.stop()).toBe(0);
    await bed.restart();
    await expectCalm((await handle.result()) as EtlFlowResult);
  }, 120_000);

  it('goes on after kill -9 of the sidecar and of the worker together', async () => {
    const handle = await bed.begin(ARGS);
    await waitFor('half of the requests', answered(0.5), 60_000, 5);
    await bed.stack.killDaprd();
    await bed.worker.kill();
    const restarted = bed.restart();
    await bed.stack.restartDaprd();
    await restarted;
    await expectCalm((await handle.result()) as EtlFlowResult);
  }, 120_000);

  it('goes on after kill -9 of the Temporal server', async () => {
    const handle = await bed.begin(ARGS);
    await waitFor('half of the requests', answered(0.5), 60_000, 5);
    await bed.stack.restartTemporal();
    await expectCalm((await handle.result()) as EtlFlowResult);
  }, 120_000);

  it('gives the same table from concurrent runs of overlapping members in any order, one of them killed', async () => {
    const { data_date_start, data_date_end } = ARGS;
    const members = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
    const handles = [
      await bed.begin(ARGS),
      await bed.begin({ members: [...members].reverse(), data_date_start, data_date_end }),
      await bed.begin({ members: [members[3] ?? '', ...members.slice(0, 3)], data_date_start, data_date_end }),
    ];
    await waitFor('half of the requests', answered(0.5), 60_000, 5);
    await bed.worker.kill();
    await bed.restart();
    const results = (await Promise.all(handles.map((handle) => handle.result()))) as EtlFlowResult[];
    expect(await bed.events()).toEqual(calm.rows);
    expect(results.reduce((sum, { events }) => sum + events.inserted, 0)).toBe(calm.rows.length);
    expect(results.every(({ events }) => events.updated === 0)).toBe(true);
  }, 180_000);
});

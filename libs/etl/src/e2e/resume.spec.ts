import { waitFor } from '@tributary/testing/stack';
import type { EtlFlowResult, Event } from '@tributary/workflow-contracts/etl';
import { FlowTestBed } from './flow-test-bed.js';
import type { ScriptedSource } from './scripted-source.js';

const LANES = 4;

describe('a run whose worker goes away', () => {
  let bed: FlowTestBed;
  let calm: Event[];

  const fill = (source: ScriptedSource): void => {
    source.fill('red', 9, 7);
    source.fill('blue', 6, 5);
    source.boards.set('green', [...(source.boards.get('blue') ?? []), 'red-00004']);
  };
  const input = () => bed.input({ boards: ['red', 'blue', 'green'] });

  beforeAll(async () => {
    bed = await FlowTestBed.start();
    await bed.reset();
    fill(bed.source);
    await bed.run(input());
    calm = await bed.events();
    expect(calm).toHaveLength(9 * 7 + 6 * 5);
  }, 60_000);

  afterAll(() => bed?.stop(), 60_000);

  it('goes on with another after each of several shutdowns, and reads at most the page in flight of each lane again', async () => {
    await bed.reset({ lanes: LANES });
    fill(bed.source);
    const { source } = bed;
    const stops = [2, 9, 17, 30];
    let reached = (): void => undefined;
    source.before = async ({ context }) => {
      if (source.asked !== stops[0]) return;
      stops.shift();
      reached();
      // The page is on its way when the worker is stopped.
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()));
    };
    const handle = await bed.start(input());
    for (let left = stops.length; left > 0; left = stops.length) {
      await new Promise<void>((resolve) => (reached = resolve));
      await bed.stopWorkers();
      await bed.startWorker({ lanes: LANES });
    }
    const result = (await handle.result()) as EtlFlowResult;
    expect(await bed.events()).toEqual(calm);
    expect(result.events).toEqual({ inserted: calm.length, updated: 0, unchanged: 0 });
    expect(source.asked - source.served.size).toBeLessThanOrEqual(4 * LANES);
    expect(Math.max(...source.served.values())).toBeLessThanOrEqual(2);
  }, 120_000);

  it('goes on when an attempt is abandoned, of which nothing arrives any more, whenever it comes back', async () => {
    await bed.reset({ lanes: LANES, heartbeatTimeoutMs: 2_000 });
    fill(bed.source);
    const { source } = bed;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let stuck = 0;
    bed.muted = ({ attempt }) => attempt === 1;
    source.before = async ({ unit, page }) => {
      // Deaf to the abort, as a process is that was stopped.
      if (!unit.startsWith('item:') || page !== 2 || stuck >= LANES) return;
      stuck++;
      await released;
    };
    const handle = await bed.start(input());
    const result = (await handle.result()) as EtlFlowResult;
    expect(stuck).toBe(LANES);
    expect(result.events).toEqual({ inserted: calm.length, updated: 0, unchanged: 0 });
    const asked = source.asked;
    release();
    await waitFor('the abandoned attempt to end', () => source.closed === source.opened);
    expect(source.asked).toBe(asked);
    expect(source.asked - source.served.size).toBeLessThanOrEqual(LANES);
    expect(await bed.events()).toEqual(calm);
    const { inserted } = await bed.database.db.selectFrom('flow_runs').select('inserted').executeTakeFirstOrThrow();
    expect(inserted).toBe(calm.length);
  }, 120_000);

  it('is not disturbed by a database that goes away in between', async () => {
    await bed.reset({ lanes: LANES });
    fill(bed.source);
    const { source } = bed;
    let cut = false;
    source.before = async () => {
      if (source.asked < 12 || cut) return;
      cut = true;
      await bed.cutConnections();
    };
    const result = (await (await bed.start(input())).result()) as EtlFlowResult;
    expect(cut).toBe(true);
    expect(result.events).toEqual({ inserted: calm.length, updated: 0, unchanged: 0 });
    expect(await bed.events()).toEqual(calm);
  }, 120_000);
});

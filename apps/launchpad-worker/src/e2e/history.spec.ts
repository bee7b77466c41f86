import type { WorkflowHandle } from '@temporalio/client';
import { createWorld, startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import type { EtlFlowResult } from '@tributary/workflow-contracts/etl';
import { LaunchpadBed } from './launchpad-bed.js';

const WINDOW = { data_date_start: '2025-11-01', data_date_end: '2026-11-01' };

describe('the history of a flow', () => {
  let launchpad: LaunchpadServer;
  let bed: LaunchpadBed;

  beforeAll(async () => {
    launchpad = await startLaunchpad({ world: createWorld({ seed: 9, bugs: 600, proposals: 150, questions: 100 }) });
    bed = await LaunchpadBed.start({ serviceRoot: launchpad.url });
  }, 120_000);

  afterAll(async () => {
    await bed?.stop();
    await launchpad?.stop();
  }, 60_000);

  async function sizes(handle: WorkflowHandle): Promise<{ events: number; length: number; bytes: number }> {
    const { events } = (await handle.result()) as EtlFlowResult;
    const { historyLength, historySize } = await handle.describe();
    return { events: events.inserted + events.unchanged, length: historyLength, bytes: historySize ?? 0 };
  }

  it('has the same few events, and hardly more bytes, whatever the run loads', async () => {
    const small = await sizes(await bed.begin({ member: 'alice', ...WINDOW, data_date_end: '2025-11-08' }));
    const large = await sizes(await bed.begin({ team: 'platform', ...WINDOW }));
    expect(large.events).toBeGreaterThan(20 * small.events);
    expect(large.length).toBe(small.length);
    // More types of event are counted in the result, and nothing else.
    expect(large.bytes - small.bytes).toBeLessThan(6_000);
    expect(large.length).toBeLessThan(80);
  }, 120_000);
});

import { ScheduleOverlapPolicy, type ScheduleHandle } from '@temporalio/client';
import { createWorld, startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import { waitFor } from '@tributary/testing/stack';
import { ETL_FLOW, LAUNCHPAD_QUERY, LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import type { EtlFlowResult } from '@tributary/workflow-contracts/etl';
import { LaunchpadBed } from './launchpad-bed.js';

const ARGS = { team: 'platform', data_date_start: '2025-11-01', incremental: true };

describe('a schedule', () => {
  let launchpad: LaunchpadServer;
  let bed: LaunchpadBed;
  let schedule: ScheduleHandle;

  beforeAll(async () => {
    launchpad = await startLaunchpad({ world: createWorld({ seed: 5, bugs: 150, proposals: 50, questions: 30 }) });
    bed = await LaunchpadBed.start({ serviceRoot: launchpad.url });
    schedule = await bed.client.schedule.create({
      scheduleId: 'team',
      spec: { intervals: [{ every: '1 day' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: { type: 'startWorkflow', workflowType: ETL_FLOW, taskQueue: LAUNCHPAD_QUEUE, workflowId: 'team', args: [{ type: LAUNCHPAD_QUERY, args: ARGS }] },
    });
  }, 120_000);

  afterAll(async () => {
    await schedule?.delete();
    await bed?.stop();
    await launchpad?.stop();
  }, 60_000);

  let triggered = 0;

  /** Has the schedule start a run now, and waits for its end. */
  async function trigger(): Promise<EtlFlowResult & { readonly requests: number }> {
    launchpad.requests.clear();
    await schedule.trigger();
    triggered += 1;
    let runs: { workflow: { workflowId: string } }[] = [];
    await waitFor('the run', async () => (runs = (await schedule.describe()).info.recentActions.map(({ action }) => action)).length >= triggered);
    const { workflowId = '' } = runs.at(-1)?.workflow ?? {};
    const result = (await bed.client.workflow.getHandle(workflowId).result()) as EtlFlowResult;
    return { ...result, requests: launchpad.requests.count() };
  }

  it('goes on from where the last run ended, at the cost of what has changed', async () => {
    const first = await trigger();
    expect(first.events.inserted).toBeGreaterThan(300);

    const [bug] = launchpad.world.bugs.all.filter(({ informationType }) => informationType === 'Public');
    const { id = 0 } = bug ?? {};
    const count = bug?.messages.length ?? 0;
    launchpad.world.bugs.comment(id, 'One more', { by: 'alice' });
    const second = await trigger();
    expect(second.events).toMatchObject({ inserted: 1, updated: 0 });
    const [row] = await bed.query<{ type: string; parent_id: string }>(`SELECT type, parent_id FROM tributary.events WHERE id = 'bug-${String(id)}-comment-${String(count)}'`);
    expect(row).toEqual({ type: 'bug.commented', parent_id: `bug-${String(id)}` });
    expect(second.requests).toBeLessThan(first.requests / 2);

    const third = await trigger();
    expect(third.events).toMatchObject({ inserted: 0, updated: 0 });
    const before = await bed.events();
    // The same as everything anew.
    await bed.clear();
    await bed.run({ team: 'platform', data_date_start: '2025-11-01' });
    expect(await bed.events()).toEqual(before);
  }, 120_000);
});

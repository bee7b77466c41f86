import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { recordedIn, replayRecorded } from '@tributary/testing/stack';
import { carry, restore } from '../../core.js';
import { fromArguments } from '../../workflow/carry-parts.js';
import type { ContinuedStart } from '../../workflow/contract.js';
import { statePage } from '../../workflow/state-page.js';
import { EstateBed, until } from './estate-bed.js';
import { bundleOf, estateBundle } from './estate-worker.js';
import { sourceWorkflow } from './estate.js';

jest.setTimeout(120_000);

interface CarriedState {
  readonly start: [ContinuedStart, ...string[]];
  readonly entities: Readonly<Record<string, unknown>>;
}

const TESTDATA = resolve(__dirname, '../../../testdata');

const recorded = (folder: string) => recordedIn(join(TESTDATA, folder));
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());

describe('histories of released versions', () => {
  const histories = recorded('histories');

  test.each(histories)('replay on the workflows as they are now: $name', async ({ path }) => {
    await expect(replayRecorded(await estateBundle(), path)).resolves.toBeUndefined();
  });

  test.each(histories.filter(({ name }) => name.includes('/parent')))('are refused by a workflow that was changed without versioning: $name', async ({ path }) => {
    const changed = await bundleOf(resolve(__dirname, 'changed-workflows.ts'));
    await expect(replayRecorded(changed, path)).rejects.toThrow(DeterminismViolationError);
  });

  test('name no machine and hold no token', () => {
    for (const { path } of [...histories, ...recorded('carried-states')]) {
      const text = readFileSync(path, 'utf8');
      const identities = [...text.matchAll(/"identity": ?"[^"]*@([^"]*)"/g)].map(([, host]) => host);
      expect(identities.filter((host) => host !== 'host')).toEqual([]);
      expect(text).not.toMatch(/\(\/|file:\/\/|Bearer /);
    }
  });
});

describe('carried states of released versions', () => {
  const states = recorded('carried-states');

  test.each(states)('are restored with all that was in them: $name', ({ path }) => {
    const { start, entities } = read(path) as CarriedState;
    const given = fromArguments(...parts(start));
    const state = restore(sourceWorkflow, given);
    expect(statePage(sourceWorkflow as never, state, 0, {}).entities).toEqual(entities);
    const again = carry(sourceWorkflow, state);
    for (const name of ['self', 'status', 'credential', 'apiUrl', 'counters', 'remembered', 'deadLetters', 'received'] as const) expect(again[name]).toEqual(given[name]);
    expect(again.children.map(([workflow]) => workflow)).toEqual(given.children.map(([workflow]) => workflow));
  });

  test.each(states)('run on a real server: $name', async ({ path }) => {
    bed.api.broken = 503;
    const { start, entities } = read(path) as CarriedState;
    const { workflow } = fromArguments(...parts(start)).self;
    const source = bed.tree(workflow.slice(0, workflow.indexOf('Source/'))).source('s1');
    await bed.client.workflow.start('Source', { workflowId: source.workflowId, taskQueue: bed.queue, args: start });
    expect(await until('its state', () => source.state(), () => true)).toMatchObject({ Dataset: entities['Dataset'], Team: entities['Team'] });
    await source.actions.theme({ theme: 'restored' });
    expect((await source.state()).Source?.['s1']?.prefs).toEqual({ theme: 'restored' });
    await source.cancel();
  });
});

function parts([first, ...rest]: CarriedState['start']): [ContinuedStart, readonly string[]] {
  return [first, rest];
}

import { resolve } from 'node:path';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { EstateBed, until } from './estate-bed.js';
import { bundleOf, estateBundle } from './estate-worker.js';
import { eventfulTree } from './recorded-tree.js';

jest.setTimeout(180_000);

let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());
beforeEach(() => bed.reset());

async function replay(bundle: string, { history, workflowId }: Recorded): Promise<void> {
  const sinks = { exporter: { export: { fn: () => undefined } } };
  await Worker.runReplayHistory({ workflowBundle: { code: bundle }, sinks }, historyFromJSON(JSON.parse(history)), workflowId);
}

interface Recorded {
  readonly history: string;
  readonly workflowId: string;
}

async function record(handle: WorkflowHandle): Promise<Recorded> {
  return { history: historyToJSON(await handle.fetchHistory()), workflowId: handle.workflowId };
}

test('histories of eventful trees replay, and a workflow that was changed without versioning is refused', async () => {
  const { tree, source, firstRun } = await eventfulTree(bed);
  await source.cancel();
  await until('the end', () => source.handle.describe(), ({ status }) => status.name === 'CANCELLED');
  const current = await estateBundle();
  const first = await record(firstRun);
  for (const history of [first, await record(source.handle), await record(tree.dataset('d1').handle), await record(tree.team('t').handle)]) {
    await expect(replay(current, history)).resolves.toBeUndefined();
  }
  const changed = await bundleOf(resolve(__dirname, 'changed-workflows.ts'));
  await expect(replay(changed, first)).rejects.toThrow(DeterminismViolationError);
});

test('a state that is too large for one payload goes on in parts', async () => {
  bed.api.datasets = { s1: Array.from({ length: 1200 }, (_, index) => ({ id: `d${index}`, name: `Dåtaset ${index} ${'x'.repeat(90)}`, active: false })) };
  const source = bed.tree().source('s1');
  await source.start({ entity: { id: 's1', name: 'S1', prefs: {}, datasets: [] }, apiToken: 'secret://local/api#token', apiUrl: bed.api.url });
  await until('the load', () => source.progress(), ({ phase }) => phase === 'live');
  const { runId } = await source.handle.describe();
  while ((await source.handle.describe()).runId === runId) await Promise.all(['a', 'b', 'c'].map((theme) => source.actions.theme({ theme })));
  const state = await source.state();
  expect(Object.keys(state.Dataset ?? {})).toHaveLength(1200);
  expect(state.Dataset?.['d1199']?.name).toBe(`Dåtaset 1199 ${'x'.repeat(90)}`);
  const { events } = await source.handle.fetchHistory();
  expect(events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.length).toBeGreaterThan(1);
});

import { UPGRADE_SIGNAL } from '../../client/index.js';
import { EstateBed, until } from './estate-bed.js';

jest.setTimeout(120_000);

let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());
beforeEach(() => bed.reset());

type Tree = ReturnType<EstateBed['tree']>;

async function statusOf({ handle }: { readonly handle: { describe(): Promise<{ status: { name: string } }> } }): Promise<string> {
  return (await handle.describe()).status.name;
}

/** A source with datasets that the API does not know, so that only the test changes them. */
async function sourceWith(tree: Tree, datasets: readonly string[], id = 's1') {
  bed.api.broken = 503;
  const source = tree.source(id);
  await source.start({ entity: { id, name: id, prefs: {}, datasets: datasets.map((each) => ({ id: each, name: each, active: true })) } });
  await until('the children', () => source.progress(), ({ children }) => children.running === datasets.length);
  return source;
}

test('a child whose entity is deleted ends as Canceled, and is started again when it comes back', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1', 'd2']);
  await source.actions.remove({ id: 'd1' });
  await until('d1 to end', () => statusOf(tree.dataset('d1')), (status) => status === 'CANCELLED');
  expect(await statusOf(tree.dataset('d2'))).toBe('RUNNING');
  await source.actions.add({ id: 'd1', name: 'again' });
  await until('d1 to run again', () => tree.dataset('d1').views.label(), (label) => label === 'again (0)');
});

test('a condition starts and ends a child', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1']);
  await source.actions.activate({ id: 'd1', active: false });
  await until('d1 to end', () => statusOf(tree.dataset('d1')), (status) => status === 'CANCELLED');
  await source.actions.activate({ id: 'd1', active: true });
  await until('d1 to run', () => statusOf(tree.dataset('d1')), (status) => status === 'RUNNING');
});

test('cancelling an entity ends it and its tree as Canceled', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1', 'd2']);
  await source.cancel();
  for (const ref of [source, tree.dataset('d1'), tree.dataset('d2')]) await until(`${ref.workflowId} to end`, () => statusOf(ref), (status) => status === 'CANCELLED');
});

test('a child that ended is known to have ended: terminated or cancelled from outside, it is started again', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1', 'd2']);
  const runOf = async (id: string) => (await tree.dataset(id).handle.describe()).runId;
  const [first, second] = [await runOf('d1'), await runOf('d2')];
  await tree.dataset('d1').handle.terminate();
  await tree.dataset('d2').cancel();
  for (const [id, run] of [['d1', first], ['d2', second]] as const) {
    await until(`${id} to run again`, async () => ({ run: await runOf(id), status: await statusOf(tree.dataset(id)) }), (now) => now.run !== run && now.status === 'RUNNING');
  }
  await tree.dataset('d1').actions.rename({ name: 'new' });
  await until('the news', () => source.state(), ({ Dataset }) => Dataset?.['d1']?.name === 'new');
});

test('an entity of two owners is attached to, and ends with the last of them', async () => {
  const tree = bed.tree();
  const one = await sourceWith(tree, [], 's1');
  const two = await sourceWith(tree, ['x1'], 's2');
  await one.actions.join({ id: 't', name: 'Team' });
  await until('the team', () => tree.team('t').health(), ({ owners }) => owners.length === 1);
  await two.actions.join({ id: 't', name: 'Team' });
  await until('both owners', () => tree.team('t').health(), ({ owners }) => owners.length === 2);
  await tree.team('t').actions.resize({ size: 5 });
  for (const source of [one, two]) await until('the size', () => source.state(), ({ Team }) => Team?.['t']?.size === 5);
  await one.actions.leave({});
  await until('one owner', () => tree.team('t').health(), ({ owners }) => owners.length === 1);
  expect(await statusOf(tree.team('t'))).toBe('RUNNING');
  await two.actions.leave({});
  await until('the end', () => statusOf(tree.team('t')), (status) => status === 'COMPLETED');
});

test('an entity that runs already without being declared as shared is attached to, and keeps no other back', async () => {
  const tree = bed.tree();
  await sourceWith(tree, ['d1'], 's1');
  const two = await sourceWith(tree, ['d1', 'd2'], 's2');
  await until('both owners', () => tree.dataset('d1').health(), ({ owners }) => owners.length === 2);
  await until('its own child', () => tree.dataset('d2').views.label(), (label) => label === 'd2 (0)');
  await two.cancel();
  await until('d2 to end', () => statusOf(tree.dataset('d2')), (status) => status === 'CANCELLED');
  expect(await statusOf(tree.dataset('d1'))).toBe('RUNNING');
});

test('a child that has ended costs nothing when other things change', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1', 'd2']);
  await source.actions.remove({ id: 'd1' });
  await until('d1 to end', () => statusOf(tree.dataset('d1')), (status) => status === 'CANCELLED');
  await source.actions.theme({ theme: 'a' });
  const { events } = await source.handle.fetchHistory();
  expect(events?.some(({ signalExternalWorkflowExecutionFailedEventAttributes: failed }) => failed)).toBe(false);
  expect(await source.health()).toMatchObject({ linksBehind: 0, children: { running: 1, waiting: 0 } });
});

test('110 subscribers are all told, at the cost of one activity', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, []);
  const watchers = Array.from({ length: 110 }, (_, index) => tree.watcher(`w${index}`));
  for (let start = 0; start < watchers.length; start += 10) {
    await Promise.all(watchers.slice(start, start + 10).map(async (watcher, index) => {
      await watcher.start({ entity: { id: `w${start + index}` } });
      await source.handle.signal('subscribe', { subscriber: watcher.workflowId, selector: ['Source'] });
    }));
  }
  await until('the subscribers', () => source.health(), ({ subscribers, linksBehind }) => subscribers === 110 && linksBehind === 0, 90_000);
  const { runId, historyLength } = await source.handle.describe();
  await source.actions.theme({ theme: 'told' });
  for (const watcher of watchers) await until(watcher.workflowId, () => watcher.state(), (state) => state.Source?.['s1']?.prefs.theme === 'told', 60_000);
  // Loads that fail meanwhile may take the run to its budget.
  const runs = new Set([runId, (await source.handle.describe()).runId]);
  const histories = await Promise.all([...runs].map((run) => bed.client.workflow.getHandle(source.workflowId, run).fetchHistory()));
  const later = histories.flatMap(({ events }) => events ?? []).slice(historyLength);
  expect(later.filter(({ signalExternalWorkflowExecutionInitiatedEventAttributes: signal }) => signal)).toEqual([]);
  expect(later.filter(({ activityTaskScheduledEventAttributes: activity }) => activity?.activityType?.name === 'statefulDeliver')).toHaveLength(1);
});

test('siblings get nothing of each other, and a child keeps what it is told', async () => {
  const tree = bed.tree();
  await sourceWith(tree, ['d1', 'd2', 'd3']);
  const { Dataset } = await tree.dataset('d2').state();
  expect(Object.keys(Dataset ?? {})).toEqual(['d2']);
});

test('subscribers get what they select, and one that is gone is forgotten', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1']);
  const watcher = tree.watcher('w');
  await watcher.start({ entity: { id: 'w' } });
  await source.subscribe(watcher.workflowId, ['Dataset.name']);
  await source.subscribe(watcher.workflowId, ['Source.tags'], 'tags');
  await until('the dataset', () => watcher.state(), (state) => state.Dataset?.['d1']?.name === 'd1');
  await source.actions.tag({ tags: ['a', 'b'] });
  await until('tags', () => watcher.state(), (state) => state.Source?.['s1']?.tags?.length === 2);
  await source.actions.tag({ tags: [] });
  await until('no tags', () => watcher.state(), (state) => state.Source?.['s1']?.tags?.length === 0);
  await source.unsubscribe(watcher.workflowId, 'tags');
  await source.actions.remove({ id: 'd1' });
  await until('the deletion', () => watcher.state(), (state) => state.Dataset?.['d1'] === undefined);
  await watcher.handle.terminate();
  await source.actions.add({ id: 'd9', name: 'd9' });
  await until('it is forgotten', () => source.health(), ({ subscribers }) => subscribers === 0);
});

test('children live on when their owner goes on in a new run, and nothing is lost', async () => {
  const tree = bed.tree();
  const source = await sourceWith(tree, ['d1', 'd2']);
  const { runId } = await source.handle.describe();
  const childRun = (await tree.dataset('d1').handle.describe()).runId;
  let count = 0;
  while ((await source.handle.describe()).runId === runId) {
    for (let burst = 0; burst < 20; burst += 1) await source.actions.theme({ theme: `t${(count += 1)}` });
    await tree.dataset('d2').actions.count({ rows: 1 });
  }
  await source.actions.add({ id: 'd3', name: 'd3' });
  expect((await source.state()).Source?.['s1']?.prefs).toEqual({ theme: `t${count}` });
  expect((await tree.dataset('d1').handle.describe()).runId).toBe(childRun);
  await tree.dataset('d1').actions.rename({ name: 'after' });
  await until('what a child of the run before says', () => source.state(), ({ Dataset }) => Dataset?.['d1']?.name === 'after');
  await until('the new child', () => tree.dataset('d3').views.label(), (label) => label === 'd3 (0)');
  // Temporal tells this run nothing about the children of the one before.
  await tree.dataset('d1').handle.terminate();
  await until('the restart', () => tree.dataset('d1').handle.describe(), ({ runId: now, status }) => now !== childRun && status.name === 'RUNNING');
});

test('more starts and deliveries than the threshold cost one activity, not an event each', async () => {
  const tree = bed.tree();
  const names = Array.from({ length: 45 }, (_, index) => `d${index}`);
  bed.api.tokens = new Set(['first']);
  const source = await sourceWith(tree, names);
  const { historyLength: before } = await source.handle.describe();
  expect(before).toBeLessThan(150);
  await source.apiUrl.set('http://127.0.0.1:9');
  for (const name of ['d0', 'd44']) await until('the URL', () => tree.dataset(name).health(), ({ apiUrl }) => apiUrl === 'http://127.0.0.1:9');
  await until('all told', () => source.health(), ({ linksBehind }) => linksBehind === 0);
});

test('a list and a state that are too large for a payload come in and go on in a new run all the same', async () => {
  const tree = bed.tree();
  bed.api.datasets['s1'] = Array.from({ length: 3000 }, (_, index) => ({ id: `sales.orders_${index}`, name: `Orders of part ${index}`, active: false }));
  const source = tree.source('s1');
  await source.start({ entity: { id: 's1', name: 's1', prefs: {} }, apiToken: 'secret://local/api#token', apiUrl: bed.api.url });
  const known = async (): Promise<number> => Object.keys((await source.state()).Dataset ?? {}).length;
  await until('the list', known, (count) => count === 3000);
  const { runId } = await source.handle.describe();
  await source.handle.signal(UPGRADE_SIGNAL);
  await until('the new run', () => source.handle.describe(), (now) => now.runId !== runId);
  expect(await known()).toBe(3000);
  expect((await source.health()).problems).toEqual([]);
  await source.actions.activate({ id: 'sales.orders_2999', active: true });
  await until('a child of it', () => source.progress(), ({ children }) => children.running === 1);
});

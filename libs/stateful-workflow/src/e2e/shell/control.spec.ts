import { EstateBed, until } from './estate-bed.js';

jest.setTimeout(120_000);

let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());
beforeEach(() => bed.reset());

/** A source with datasets that load nothing, so that only the test changes them. */
async function quiet(tree: ReturnType<EstateBed['tree']>, datasets: readonly string[]) {
  bed.api.broken = 503;
  const source = tree.source('s1');
  await source.start({ entity: { id: 's1', name: 's1', prefs: {}, datasets: datasets.map((id) => ({ id, name: id, active: true })) } });
  await until('the children', () => source.progress(), ({ children }) => children.running === datasets.length);
  return source;
}

describe('actions', () => {
  test('answer with their result when it has taken effect', async () => {
    const tree = bed.tree();
    await quiet(tree, ['d1']);
    const dataset = tree.dataset('d1');
    expect(await dataset.actions.count({ rows: 4 })).toBe(4);
    expect(await dataset.actions.count({ rows: 3 })).toBe(7);
    expect(await dataset.views.label()).toBe('d1 (7)');
  });

  test('are refused before they are accepted when their input is wrong, and leave no trace in the history', async () => {
    const tree = bed.tree();
    await quiet(tree, ['d1']);
    const dataset = tree.dataset('d1');
    const { historyLength } = await dataset.handle.describe();
    await expect(dataset.actions.rename({ name: '' })).rejects.toMatchObject({ code: 'STATEFUL_MESSAGE_INVALID' });
    await expect(dataset.actions.count({ rows: 'many' as never })).rejects.toMatchObject({ code: 'STATEFUL_MESSAGE_INVALID' });
    const { events = [] } = await dataset.handle.fetchHistory();
    expect(events?.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted)).toBe(false);
    expect(events?.length).toBeLessThan(historyLength + 10);
  });

  test('that fail change nothing and break nothing', async () => {
    const tree = bed.tree();
    await quiet(tree, ['d1']);
    const dataset = tree.dataset('d1');
    await expect(dataset.actions.fail({})).rejects.toMatchObject({ code: 'STATEFUL_ACTION_FAILED' });
    expect(await dataset.actions.count({ rows: 1 })).toBe(1);
  });

  test('that are serial run one after the other, and their calls come back', async () => {
    const tree = bed.tree();
    await quiet(tree, ['d1']);
    const dataset = tree.dataset('d1');
    let running = 0;
    let most = 0;
    bed.probe = async (name) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 100));
      running -= 1;
      return `probed ${name}`;
    };
    expect(await Promise.all(['a', 'b', 'c'].map((name) => dataset.actions.probe({ name })))).toEqual(['probed a', 'probed b', 'probed c']);
    expect(most).toBe(1);
  });

  test('that come twice under one id count once', async () => {
    const tree = bed.tree();
    await quiet(tree, ['d1']);
    const dataset = tree.dataset('d1');
    await dataset.actions.count({ rows: 2 }, { id: 'once' });
    await dataset.actions.count({ rows: 2 }, { id: 'once' });
    expect((await dataset.state()).Dataset?.['d1']?.rows).toBe(2);
  });

  test('that nobody lists do not exist', async () => {
    const tree = bed.tree();
    const source = await quiet(tree, []);
    await expect(source.handle.executeUpdate('update', { args: [{}] })).rejects.toThrow();
    for (const name of ['apiToken', 'managedPaths', 'status', 'data']) await expect(source.handle.query(name)).rejects.toThrow();
  });
});

describe('pause', () => {
  test('stops every effect and loses nothing', async () => {
    const tree = bed.tree();
    const source = await quiet(tree, ['d1']);
    await source.pause();
    expect(await source.progress()).toMatchObject({ phase: 'paused' });
    const added = source.actions.add({ id: 'd2', name: 'd2' });
    await tree.dataset('d1').actions.rename({ name: 'changed' });
    await until('what is held', () => source.health(), ({ held }) => held >= 2);
    expect((await source.state()).Dataset?.['d1']?.name).toBe('d1');
    await expect(tree.dataset('d2').handle.describe()).rejects.toThrow();
    await source.resume();
    await added;
    await until('what was held', () => source.state(), ({ Dataset }) => Dataset?.['d1']?.name === 'changed' && Dataset['d2'] !== undefined);
    await until('the child', () => tree.dataset('d2').views.label(), (label) => label === 'd2 (0)');
  });
});

describe('messages that cannot be used', () => {
  const raw = (encoding: string, text: string) => ({ payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(text) }] });

  test('are counted and put aside, and the entity goes on', async () => {
    const tree = bed.tree();
    const source = await quiet(tree, ['d1']);
    const { handle } = source;
    const before = (await source.health()).counters.aside;
    await handle.signal('nobody', { listens: true });
    await handle.signal('message', 'no object');
    await handle.signal('message', { kind: 'loaded', loader: 'datasets', epoch: 1, changes: [] });
    await handle.signal('message', { kind: 'link', direction: 'up', from: 'x', epoch: 1, seq: 1, patches: [{ type: 'Unknown', id: 'a', stamp: 'none' }] });
    await handle.signal('message', { kind: 'ended', from: 7 });
    await handle.signal('subscribe', { selector: ['Unknown'] });
    await handle.signal('apiToken', { ref: 'no reference' });
    await handle.signal('apiUrl', 42);
    for (const [signalName, input] of [['apiToken', raw('json/plain', '{not json')], ['load', raw('some/thing', 'bytes')], ['__temporal_x', raw('json/plain', '1')]] as const) {
      await bed.client.workflowService.signalWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId: source.workflowId }, signalName, input });
    }
    const health = await until('them to be noticed', () => source.health(), ({ counters }) => counters.aside >= before + 5);
    expect(health.deadLetters.length).toBeGreaterThan(0);
    expect(health.problems.map(({ code }) => code)).toContain('STATEFUL_MESSAGE_INVALID');
    expect(await source.actions.theme({ theme: 'dark' })).toBeNull();
    const { events = [] } = await handle.fetchHistory();
    expect(events?.filter(({ workflowTaskFailedEventAttributes: failed }) => failed).length).toBe(0);
  });

  test('do not keep others of the same delivery back', async () => {
    const tree = bed.tree();
    const source = await quiet(tree, ['d1']);
    const good = { type: 'Dataset', id: 'd1', stamp: 'zzzzzzzzz00000~x', set: { name: 'too far ahead' } };
    await source.handle.signal('message', { kind: 'link', direction: 'up', from: tree.dataset('d1').workflowId, epoch: 9, seq: 1, patches: [{ nonsense: true }, good] });
    await until('them', () => source.health(), ({ counters }) => counters.aside >= 1);
    expect((await source.state()).Dataset?.['d1']?.name).toBe('d1');
  });
});

test('a start that cannot be used fails with what is wrong', async () => {
  const tree = bed.tree();
  const source = tree.source('s1');
  await expect(source.start({ entity: { id: 's1' } as never })).rejects.toMatchObject({ code: 'STATEFUL_MESSAGE_INVALID' });
  const handle = await bed.client.workflow.start('Source', { workflowId: source.workflowId, taskQueue: bed.queue, args: [{ entity: { id: 's1' } }] });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'STATEFUL_MESSAGE_INVALID' } });
});

test('a start by hand needs nothing but the entity', async () => {
  const tree = bed.tree();
  const source = tree.source('s1');
  bed.api.datasets = { s1: [{ id: 'd1', name: 'One' }] };
  const start = { entity: { id: 's1', name: 'By hand', prefs: {} }, apiToken: 'secret://local/api#token', apiUrl: bed.api.url };
  await bed.client.workflow.start('Source', { workflowId: source.workflowId, taskQueue: bed.queue, args: [start] });
  await until('its datasets', () => tree.dataset('d1').state(), ({ Dataset }) => Dataset?.['d1']?.rows === 7);
});

test('changes can be followed, from the state on', async () => {
  const tree = bed.tree();
  const source = await quiet(tree, ['d1']);
  const stop = new AbortController();
  const seen: unknown[] = [];
  const following = (async () => {
    for await (const change of source.changes({ select: ['Source.prefs'], everyMs: 50, signal: stop.signal })) seen.push(change);
  })();
  await until('the state', async () => seen.length, (count) => count === 1);
  await source.actions.theme({ theme: 'dark' });
  await source.actions.tag({ tags: ['not selected'] });
  await source.actions.theme({ theme: 'light' });
  await until('two changes', async () => seen.length, (count) => count === 3);
  stop.abort();
  await following;
  expect(seen).toMatchObject([{ kind: 'state' }, { kind: 'patch', patch: { set: { 'prefs.theme': 'dark' } } }, { kind: 'patch', patch: { set: { 'prefs.theme': 'light' } } }]);
});

test('it can be found by its type, and says in the UI how it is', async () => {
  const tree = bed.tree();
  const source = await quiet(tree, ['d1']);
  const found = async () => {
    const ids: string[] = [];
    for await (const { workflowId } of bed.client.workflow.list({ query: `EntityType = 'Dataset' AND EntityOwner = '${source.workflowId}'` })) ids.push(workflowId);
    return ids;
  };
  await until('the list', found, (ids) => ids.length === 1);
  const metadata = await source.handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toContain('**Source s1**: running');
});

import { Driver, SOURCE, dataset, patchOf, fromChild } from '../e2e/driver.js';
import { organizationWorkflow, sourceWorkflow } from '../e2e/catalog.js';
import { childrenOf, nextDue } from '../core.js';
import { entityWorkflow, own, type Change } from '../index.js';
import { catalog } from '../e2e/catalog.js';
import { entityOf, workflowIdOf } from './workflow-id.js';

const update = (id: string, set: Record<string, unknown>): Change => ({ op: 'update', type: 'Dataset', id, set });
const source = (definition: object = sourceWorkflow, ids = ['d1', 'd2']) =>
  Driver.top(definition, { ...SOURCE, datasets: ids.map((id) => dataset(id)) });
const statuses = (core: Driver) => Object.fromEntries(childrenOf(core.state).map(({ id, status }) => [id, status]));
const owning = (options: Parameters<typeof own>[1], limits = {}) =>
  entityWorkflow(catalog, 'Source', { owns: { datasets: own('DatasetWorkflow', options as never) }, limits });

/** A source whose children run. */
function running(definition?: object, ids?: string[]): Driver {
  const core = source(definition, ids);
  core.settle();
  core.settle();
  core.effects = [];
  return core;
}

const ended = (core: Driver, id: string, outcome: 'completed' | 'failed' | 'cancelled' | 'terminated') =>
  core.send({
    kind: 'childEnded',
    child: `Dataset/${id}`,
    epoch: core.state.children.get(`Dataset/${id}`)?.epoch ?? 0,
    outcome,
  });

test('a relation that is not declared as owned starts nothing', () => {
  const core = Driver.top(organizationWorkflow, {
    id: 'o',
    name: 'Org',
    sources: [{ ...SOURCE, datasets: [dataset('d1')] }],
  });
  expect(core.cycle('startChild').map(({ child }) => child)).toEqual(['Source/s1']);
});

test('a child starts with its data, URL, credential and level; nothing is sent to it before it runs', () => {
  const core = Driver.top(
    sourceWorkflow,
    { ...SOURCE, datasets: [dataset('d1')] },
    {},
    {
      apiUrl: 'https://api.example',
      credential: { kind: 'reference', ref: 'secret://local/api', minVersion: 2 },
      prefix: 'prod/',
    },
  );
  const [start] = core.cycle('startChild');
  expect(start).toMatchObject({
    child: 'prod/Dataset/d1',
    workflowType: 'DatasetWorkflow',
    shared: false,
    input: {
      type: 'Dataset',
      id: 'd1',
      workflow: 'prod/Dataset/d1',
      level: 1,
      owner: { workflow: 'prod/Source/s1' },
      inherit: { apiUrl: { value: 'https://api.example' }, credential: { value: { minVersion: 2 } } },
    },
  });
  core.change(update('d1', { rows: 1 }));
  expect(core.cycle('send')).toEqual([]);
  core.send({ kind: 'childStarted', child: 'prod/Dataset/d1', epoch: start?.epoch ?? 0 });
  expect(core.cycle('send')).toMatchObject([{ deliveries: [{ body: { patches: [{ set: { rows: 1 } }] } }] }]);
});

test.each<[string, Change]>([
  ['leaves the relation', { op: 'relate', type: 'Source', id: 's1', relation: 'datasets', remove: ['d1'] }],
  ['is not in a relation that is written anew', { op: 'update', type: 'Source', id: 's1', set: { datasets: ['d2'] } }],
  ['is deleted', { op: 'delete', type: 'Dataset', id: 'd1' }],
  ['does not meet the condition any more', update('d1', { active: false })],
])('an entity that %s loses its workflow, and only it', (_, change) => {
  const core = running();
  core.change(change);
  expect(core.cycle().filter(({ kind }) => kind !== 'send')).toEqual([
    { kind: 'endChild', child: 'Dataset/d1', epoch: expect.any(Number) as number, how: 'cancel' },
  ]);
  expect(statuses(core)).toEqual({ d2: 'running' });
});

test('an empty list ends all children, an unset relation to one ends its child', () => {
  const core = running();
  core.change({ op: 'update', type: 'Source', id: 's1', set: { datasets: [] } });
  expect(core.cycle('endChild')).toHaveLength(2);
  core.change({ op: 'put', type: 'Source', entity: { ...SOURCE, team: { id: 't1', name: 'T' } } });
  expect(core.cycle('startChild')).toMatchObject([{ child: 'Team/t1', shared: true }]);
  core.send({ kind: 'childStarted', child: 'Team/t1', epoch: core.state.children.get('Team/t1')?.epoch ?? 0 });
  core.change({ op: 'update', type: 'Source', id: 's1', unset: ['team'] });
  expect(core.cycle('endChild')).toMatchObject([{ child: 'Team/t1', how: 'complete' }]);
});

test.each(['cancel', 'abandon', 'complete'] as const)('an orphan is released as declared: %s', (how) => {
  const core = running(owning({ onOrphan: how }));
  core.change({ op: 'delete', type: 'Dataset', id: 'd1' });
  expect(core.cycle('endChild')).toMatchObject([{ child: 'Dataset/d1', how }]);
});

test('a condition that fails leaves every child as it is and says so', () => {
  const when = ({ name }: { name: string }) => {
    if (name === 'bad') throw new Error('condition is broken');
    return true;
  };
  const core = running(owning({ when: when }));
  core.change(
    update('d1', { name: 'bad' }),
    { op: 'put', type: 'Dataset', entity: dataset('d3') },
    { op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ['d3'] },
  );
  expect(core.cycle('startChild').map(({ child }) => child)).toEqual(['Dataset/d3']);
  expect(statuses(core)).toMatchObject({ d1: 'running', d2: 'running' });
  expect(core.health.deadLetters).toMatchObject([
    { kind: 'when', problem: expect.stringContaining('condition is broken') as string },
  ]);
});

test('a start that fails does not keep the others back, and is tried again after a back-off that grows', () => {
  const core = source(sourceWorkflow, ['d1', 'd2', 'd3']);
  const starts = core.cycle('startChild');
  const waits: number[] = [];
  core.send({ kind: 'childStartFailed', child: 'Dataset/d2', epoch: starts[1]?.epoch ?? 0, error: 'no worker' });
  for (const { child, epoch } of starts) core.send({ kind: 'childStarted', child, epoch });
  expect(statuses(core)).toEqual({ d1: 'running', d2: 'waiting', d3: 'running' });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    core.settle();
    const due = core.state.children.get('Dataset/d2')?.since ?? 0;
    waits.push(due - core.now);
    core.now = due;
    const [again] = core.cycle('startChild');
    core.send({ kind: 'childStartFailed', child: 'Dataset/d2', epoch: again?.epoch ?? 0, error: 'no worker' });
  }
  expect(waits.at(-1)).toBeGreaterThan((waits[0] ?? 0) * 4);
  expect(core.state.children.get('Dataset/d2')).toMatchObject({ failures: 6, error: 'no worker' });
});

test('a child that has completed is known to have ended: nothing is sent to it, nothing starts it again', () => {
  const core = running();
  ended(core, 'd1', 'completed');
  for (let rows = 0; rows < 5; rows += 1) {
    core.change(update('d1', { rows }));
    expect(core.cycle('send')).toEqual([]);
  }
  expect(core.state.children.get('Dataset/d1')).toMatchObject({ status: 'ended', outcome: 'completed' });
  expect(core.state.links.has('down:Dataset/d1')).toBe(false);
});

test.each(['failed', 'cancelled', 'terminated'] as const)(
  'a child that %s starts again with the data and the credential of now',
  (outcome) => {
    const core = running();
    ended(core, 'd1', outcome);
    core.change(update('d1', { rows: 9 }));
    core.send({ kind: 'credential', credential: { kind: 'reference', ref: 'secret://local/api', minVersion: 5 } });
    core.settle();
    expect(nextDue(core.state)).toBeGreaterThan(0);
    core.now = core.state.children.get('Dataset/d1')?.since ?? 0;
    expect(core.cycle('startChild')).toMatchObject([
      { child: 'Dataset/d1', input: { inherit: { credential: { value: { minVersion: 5 } } } } },
    ]);
    expect(JSON.stringify(core.effects.filter(({ kind }) => kind === 'startChild'))).toContain('"rows":9');
  },
);

test('restart: never and always are kept to', () => {
  const never = running(owning({ restart: 'never' }));
  ended(never, 'd1', 'failed');
  expect(statuses(never)['d1']).toBe('ended');
  const always = running(owning({ restart: 'always' }));
  ended(always, 'd1', 'completed');
  expect(statuses(always)['d1']).toBe('waiting');
});

test('news of an earlier start is ignored', () => {
  const core = running();
  const epoch = core.state.children.get('Dataset/d1')?.epoch ?? 0;
  core.send({ kind: 'childEnded', child: 'Dataset/d1', epoch: epoch - 1, outcome: 'failed' });
  core.send({ kind: 'childEnded', child: 'Dataset/unknown', epoch, outcome: 'failed' });
  expect(statuses(core)['d1']).toBe('running');
  expect(core.health.counters.stale).toBe(2);
});

test('an entity that is there already is attached to, and the rest of the change goes on', () => {
  const core = source();
  const [first, second] = core.cycle('startChild');
  core.send({ kind: 'childStarted', child: first?.child ?? '', epoch: first?.epoch ?? 0, attached: true });
  core.send({ kind: 'childStarted', child: second?.child ?? '', epoch: second?.epoch ?? 0 });
  expect(childrenOf(core.state)).toMatchObject([
    { id: 'd1', status: 'running', attached: true },
    { id: 'd2', status: 'running', attached: false },
  ]);
});

test('an entity that is orphaned while it starts is released when it has started', () => {
  const core = source();
  const [start] = core.cycle('startChild');
  core.change({ op: 'delete', type: 'Dataset', id: 'd1' });
  expect(core.cycle('endChild')).toEqual([]);
  core.send({ kind: 'childStarted', child: 'Dataset/d1', epoch: start?.epoch ?? 0 });
  expect(core.cycle('endChild')).toMatchObject([{ child: 'Dataset/d1' }]);
});

test('children start a bounded number at a time', () => {
  const core = source(
    owning({}, { starts: 10 }),
    Array.from({ length: 25 }, (_, index) => `d${index}`),
  );
  expect([1, 2, 3, 4].map(() => core.cycle('startChild').length)).toEqual([10, 10, 5, 0]);
});

test('children live on when the run ends: none is started or ended, changes still reach them', () => {
  const core = running();
  core.continueAsNew();
  expect(core.cycle()).toEqual([]);
  core.change(update('d1', { rows: 1 }));
  expect(core.cycle('send')).toMatchObject([{ deliveries: [{ targets: [{ to: 'Dataset/d1' }] }] }]);
});

test('a start under way when the run ends is ordered again', () => {
  const core = source(sourceWorkflow, ['d1']);
  const [start] = core.cycle('startChild');
  core.continueAsNew();
  const [again] = core.cycle('startChild');
  expect(again?.child).toBe(start?.child);
  expect(again?.epoch).toBeGreaterThan(start?.epoch ?? 0);
});

test('an end releases all children as declared and tells the owner the last there is', () => {
  const core = running(owning({ onClose: 'abandon' }));
  core.send({ kind: 'attach', owner: 'Organization/o', epoch: 1, patches: [] });
  core.settle();
  core.change(update('d1', { rows: 4 }));
  const { effects } = core.send({ kind: 'shutdown', how: 'cancel' });
  expect(effects.filter(({ kind }) => kind === 'endChild')).toMatchObject([{ how: 'abandon' }, { how: 'abandon' }]);
  expect(effects.find(({ kind }) => kind === 'send')).toMatchObject({
    deliveries: [{ body: { direction: 'up', patches: [{ set: { rows: 4 } }] } }],
  });
  expect(effects.at(-1)).toEqual({ kind: 'close', how: 'cancel' });
  expect(core.change(update('d1', { rows: 5 })).outcome).toMatchObject({ status: 'refused', code: 'STATEFUL_CLOSED' });
  expect(core.send({ kind: 'shutdown', how: 'cancel' }).effects).toEqual([]);
});

test('a roll-up follows children that change, come, go and are not counted, and costs no more than they do', () => {
  const core = running();
  const health = () => core.entity('Source', 's1')?.['health'];
  core.send(fromChild('Dataset/d1', 1, patchOf('Dataset', 'd1', 500, { set: { health: 'failing' } })));
  core.cycle();
  expect(health()).toBe('failing');
  core.continueAsNew();
  core.change({ op: 'delete', type: 'Dataset', id: 'd1' });
  core.cycle();
  expect(health()).toBe('healthy');
  core.change({ op: 'put', type: 'Dataset', entity: dataset('d9', { health: 'failing' }) });
  core.cycle();
  expect(health()).toBe('healthy');
  core.change({ op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ['d9'] });
  core.cycle();
  expect(health()).toBe('failing');
  expect(core.state.rollups['health']?.counts).toEqual({ failing: 1 });
});

test('an event is raised once for each change of its field that lasts to the end of a cycle', () => {
  const core = Driver.top(organizationWorkflow, { id: 'o', name: 'Org', sources: [{ ...SOURCE, health: 'healthy' }] });
  core.settle();
  const change = (health: string): Change => ({ op: 'update', type: 'Source', id: 's1', set: { health } });
  core.effects = [];
  core.change(change('failing'));
  core.change(change('healthy'));
  core.cycle();
  core.change(change('failing'));
  core.cycle();
  core.continueAsNew();
  core.cycle();
  expect(core.effects.filter(({ kind }) => kind === 'publish')).toMatchObject([
    { event: 'healthChanged', before: 'healthy', after: 'failing' },
  ]);
});

test('workflow ids name their entities, whatever is in an id', () => {
  const self = { workflow: 'prod/Source/s%2F1', type: 'Source', id: 's/1' };
  for (const id of ['a-b', 'a/b', 'a b', 'ä', '%', 'Dataset/x']) {
    const workflow = workflowIdOf(self, 'Dataset', id);
    expect(workflow.startsWith('prod/Dataset/')).toBe(true);
    expect(entityOf(self, workflow)).toEqual({ type: 'Dataset', id });
  }
});

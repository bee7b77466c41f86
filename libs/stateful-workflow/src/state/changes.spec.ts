import { Driver, SOURCE, dataset, fromOwner, patchOf } from '../e2e/driver.js';
import { datasetWorkflow, organizationWorkflow, sourceWorkflow } from '../e2e/catalog.js';
import { rootView, runView } from '../core.js';
import type { Change } from '../index.js';

const source = (rest: object = {}) => Driver.top(sourceWorkflow, { ...SOURCE, ...rest });
const update = (set: Record<string, unknown>, unset?: string[]): Change => ({
  op: 'update',
  type: 'Source',
  id: 's1',
  set,
  ...(unset && { unset }),
});

test('nested objects, lists, records, unset and deletes travel in one batch, as patches of the entities that changed', () => {
  const core = source({
    prefs: { theme: 'dark', size: 1 },
    note: 'old',
    tags: ['a'],
    datasets: [dataset('d1'), dataset('d2')],
  });
  const { patches } = core.change(
    update({ prefs: { size: 2 }, tags: ['a', 'b'], labels: { team: 'x' } }, ['note']),
    { op: 'delete', type: 'Dataset', id: 'd1' },
    { op: 'put', type: 'Dataset', entity: dataset('d3') },
    { op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ['d3'] },
  );
  expect(patches.map(({ stamp: _, ...patch }) => patch)).toEqual([
    { type: 'Source', id: 's1', set: { 'prefs.size': 2, tags: ['a', 'b'], 'labels.team': 'x' }, unset: ['note'] },
    { type: 'Dataset', id: 'd1', delete: true },
    { type: 'Dataset', id: 'd3', put: true, set: { name: 'Dataset d3', active: true } },
    { type: 'Source', id: 's1', rel: { datasets: { add: ['d3'] } } },
  ]);
  expect(core.entity('Source', 's1')).toEqual({
    id: 's1',
    name: 'One',
    prefs: { theme: 'dark', size: 2 },
    tags: ['a', 'b'],
    labels: { team: 'x' },
    health: 'healthy',
    datasets: ['d2', 'd3'],
  });
});

test('a deleted entity leaves no dangling id in any relation', () => {
  const core = Driver.top(datasetWorkflow, {
    ...dataset('d1'),
    source: SOURCE,
    columns: [{ id: 'c1', name: 'C', dataset: 'd1' }],
  });
  core.change({ op: 'delete', type: 'Column', id: 'c1' }, { op: 'delete', type: 'Source', id: 's1' });
  expect(core.entity('Dataset', 'd1')).toEqual({
    id: 'd1',
    name: 'Dataset d1',
    active: true,
    columns: [],
    near: [],
    upstream: [],
  });
  expect(core.state.store.edges.size).toBe(0);
});

test('removing the last of a list, or the last of a relation, is a change like any other', () => {
  const core = source({ tags: ['only'], datasets: [dataset('d1')] });
  expect(core.change(update({ tags: [], datasets: [] })).patches).toMatchObject([
    { set: { tags: [] }, rel: { datasets: { remove: ['d1'] } } },
  ]);
  expect(core.entity('Source', 's1')).toMatchObject({ tags: [], datasets: [] });
});

test('a field may have the value of the id', () => {
  const core = source();
  core.change(update({ name: 's1' }));
  expect(core.entity('Source', 's1')?.['name']).toBe('s1');
});

test('more than a hundred changes at once are all applied', () => {
  const core = source();
  core.change(
    ...Array.from({ length: 150 }, (_, index): Change => ({
      op: 'put',
      type: 'Dataset',
      entity: dataset(`d${index}`),
    })),
  );
  expect(core.state.store.tables['Dataset']?.size).toBe(150);
});

test('ids and names with any separators stay apart', () => {
  const core = source({ labels: { a_b: '1', 'a.b': '2', 'a/b': '3' } });
  for (const id of ['a-b', 'a_b', 'a/b', 'a.b', 'a b', 'ä'])
    core.change(
      { op: 'put', type: 'Dataset', entity: dataset(id) },
      { op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: [id] },
    );
  core.continueAsNew();
  expect(core.entity('Source', 's1')).toMatchObject({
    labels: { a_b: '1', 'a.b': '2', 'a/b': '3' },
    datasets: ['a b', 'a-b', 'a.b', 'a/b', 'a_b', 'ä'],
  });
  expect(core.cycle('startChild').map(({ child }) => child)).toEqual([
    'Dataset/%C3%A4',
    'Dataset/a%20b',
    'Dataset/a%2Fb',
    'Dataset/a-b',
    'Dataset/a.b',
    'Dataset/a_b',
  ]);
});

test('a later write wins over an earlier one, in whatever order they come, also over a deletion', () => {
  const core = source({ datasets: [dataset('d1')] });
  core.send(fromOwner('Organization/o', 1, patchOf('Source', 's1', 500, { set: { name: 'later' } })));
  core.send(fromOwner('Organization/o', 2, patchOf('Source', 's1', 400, { set: { name: 'earlier' } })));
  expect(core.entity('Source', 's1')?.['name']).toBe('later');
  core.send(fromOwner('Organization/o', 3, patchOf('Dataset', 'd1', 600, { delete: true })));
  core.send(fromOwner('Organization/o', 4, patchOf('Dataset', 'd1', 550, { put: true, set: { name: 'gone' } })));
  core.send(fromOwner('Organization/o', 5, patchOf('Dataset', 'd1', 700, { set: { name: 'still gone' } })));
  expect(core.entity('Dataset', 'd1')).toBeUndefined();
  core.send(fromOwner('Organization/o', 6, patchOf('Dataset', 'd1', 800, { put: true, set: { name: 'back' } })));
  expect(core.entity('Dataset', 'd1')).toEqual({ id: 'd1', name: 'back', columns: [], near: [], upstream: [] });
});

test('a relation to an entity that comes later shows it when it is there', () => {
  const core = source();
  core.change({ op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ['d9'] });
  expect(core.entity('Source', 's1')?.['datasets']).toEqual([]);
  core.change({ op: 'put', type: 'Dataset', entity: dataset('d9') });
  expect(core.entity('Source', 's1')?.['datasets']).toEqual(['d9']);
});

test('a relation from before its target was deleted does not come back with it', () => {
  const core = source({ datasets: [dataset('d1')] });
  core.send(fromOwner('Organization/o', 1, patchOf('Dataset', 'd1', 600, { delete: true })));
  core.send(fromOwner('Organization/o', 2, patchOf('Source', 's1', 550, { rel: { datasets: { add: ['d1'] } } })));
  core.send(
    fromOwner('Organization/o', 3, patchOf('Dataset', 'd1', 800, { put: true, set: { name: 'x', active: true } })),
  );
  expect(core.entity('Source', 's1')?.['datasets']).toEqual([]);
});

test('what an entity cascades to is deleted with it', () => {
  const core = Driver.top(organizationWorkflow, {
    id: 'o',
    name: 'Org',
    sources: [{ ...SOURCE, datasets: [dataset('d1', { columns: [{ id: 'c1', name: 'C' }] })] }],
  });
  core.change({ op: 'delete', type: 'Source', id: 's1' });
  expect(
    ['Source/s1', 'Dataset/d1', 'Column/c1'].filter(
      (key) => core.entity(...(key.split('/') as [string, string])) !== undefined,
    ),
  ).toEqual([]);
});

test('deletions that are remembered are bounded', () => {
  const core = Driver.top({ ...sourceWorkflow, limits: { ...sourceWorkflow.limits, deletions: 10 } }, SOURCE);
  for (let index = 0; index < 50; index += 1)
    core.change(
      { op: 'put', type: 'Dataset', entity: dataset(`d${index}`) },
      { op: 'delete', type: 'Dataset', id: `d${index}` },
    );
  expect(core.state.store.graves).toHaveLength(10);
  expect(core.state.store.tables['Dataset']?.size).toBe(10);
});

test.each<[string, Change, string]>([
  ['an unknown type', { op: 'put', type: 'Sauce', entity: { id: 'x' } }, 'the type of an entity is not one of'],
  ['an unknown op', { op: '$toggle', type: 'Source', id: 's1' } as unknown as Change, 'op that is not one of'],
  ['an unknown field', update({ nmae: 'x' }), 'field that is not defined'],
  ['a value of the wrong type', update({ name: 7 }), 'Source.name is number; allowed: text'],
  ['a required field unset', update({}, ['name']), 'Source.name cannot be unset'],
  [
    'an incomplete entity',
    { op: 'put', type: 'Dataset', entity: { id: 'd', name: 'x' } },
    'a new Dataset lacks active',
  ],
  [
    'a name that reaches into the prototype',
    update({ labels: JSON.parse('{"__proto__": "x"}') as object }),
    'which is not allowed',
  ],
  ['the root deleted', { op: 'delete', type: 'Source', id: 's1' }, 'is the root'],
])('%s is refused, and nothing of the batch stays', (_, change, problem) => {
  const core = source();
  const { outcome, patches, state } = core.change(update({ name: 'never' }), change);
  expect(outcome).toMatchObject({
    status: 'refused',
    code: 'STATEFUL_MESSAGE_INVALID',
    message: expect.stringContaining(problem) as string,
  });
  expect(patches).toEqual([]);
  expect(core.entity('Source', 's1')?.['name']).toBe('One');
  expect(state.counters).toMatchObject({ messages: 1, refused: 1, patches: 2 });
});

test('a change of an entity that is not known is refused', () => {
  expect(source().change({ op: 'update', type: 'Dataset', id: 'd1', set: {} }).outcome).toMatchObject({
    status: 'refused',
    code: 'STATEFUL_ENTITY_UNKNOWN',
  });
});

test('views follow circular relations, cannot be written to, and become JSON of a size that is bounded by the state', () => {
  const core = source({ datasets: [dataset('d1', { source: 's1' }), dataset('d2', { source: 's1' })] });
  const root = rootView(sourceWorkflow, core.state) as {
    name: string;
    datasets: { source: { datasets: { name: string }[] } }[];
  };
  expect(root.datasets[0]?.source.datasets[1]?.name).toBe('Dataset d2');
  expect(root.datasets[0]?.source).toBe(root);
  expect(() => (root.name = 'x')).toThrow(TypeError);
  expect(() => root.datasets.pop()).toThrow(TypeError);
  expect(JSON.parse(JSON.stringify(root))).toMatchObject({
    id: 's1',
    datasets: [
      { id: 'd1', source: 's1' },
      { id: 'd2', source: 's1' },
    ],
  });
});

test('a view gives what the definition says, and there is none that it does not list', () => {
  const core = Driver.top(organizationWorkflow, { id: 'o', name: 'Org', sources: [SOURCE] });
  expect(runView(organizationWorkflow as never, core.state, 'names')).toEqual(['One']);
  expect(runView(organizationWorkflow as never, core.state, 'constructor')).toBeUndefined();
});

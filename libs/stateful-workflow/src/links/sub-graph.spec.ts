import { Driver, SOURCE, dataset, fromChild, middle, patchOf, told, update } from '../e2e/driver.js';
import { sourceWorkflow } from '../e2e/catalog.js';

test('a child gets its own sub-graph and nothing of its siblings, at the start and later', () => {
  const columns = [{ id: 'c1', name: 'C1', dataset: 'd1' }];
  const core = Driver.top(sourceWorkflow, {
    ...SOURCE,
    datasets: [dataset('d1', { source: 's1', columns }), dataset('d2', { source: 's1' })],
  });
  const starts = core.cycle('startChild');
  const types = starts.map(({ child, input }) => [child, input.patches.map(({ type, id }) => `${type}/${id}`)]);
  expect(types).toEqual([
    ['Dataset/d1', ['Dataset/d1', 'Column/c1']],
    ['Dataset/d2', ['Dataset/d2']],
  ]);
  for (const { child, epoch } of starts) core.send({ kind: 'childStarted', child, epoch });
  core.change(
    update('Dataset', 'd1', { rows: 1 }),
    update('Column', 'c1', { name: 'C' }),
    update('Source', 's1', { name: 'x' }),
  );
  const messages = core.deliver();
  expect(Object.keys(messages)).toEqual(['Dataset/d1']);
  expect(told(messages['Dataset/d1']?.[0])).toEqual([
    { type: 'Dataset', id: 'd1', set: { rows: 1 } },
    { type: 'Column', id: 'c1', set: { name: 'C' } },
  ]);
});

test('what joins the sub-graph of a child is told to it with all that it brings, what leaves it is told no more', () => {
  const core = middle();
  core.change({ op: 'put', type: 'Column', entity: { id: 'c1', name: 'C' } });
  expect(Object.keys(core.deliver())).toEqual(['Organization/o']);
  core.change({ op: 'relate', type: 'Dataset', id: 'd1', relation: 'columns', add: ['c1'] });
  expect(told(core.deliver()['Dataset/d1']?.[0])).toEqual([
    { type: 'Dataset', id: 'd1', rel: { columns: { add: ['c1'] } } },
    { type: 'Column', id: 'c1', put: true, set: { name: 'C' } },
  ]);
  core.change({ op: 'relate', type: 'Dataset', id: 'd1', relation: 'columns', remove: ['c1'] });
  core.deliver();
  core.change(update('Column', 'c1', { name: 'D' }));
  expect(Object.keys(core.deliver())).toEqual(['Organization/o']);
});

test('a child that relates to its siblings is not told of them, neither at the start nor when they change', () => {
  const datasets = [dataset('d1', { near: ['d2', 'd3'] }), dataset('d2', { near: ['d1'] }), dataset('d3')];
  const core = Driver.top(sourceWorkflow, { ...SOURCE, datasets });
  const starts = core.cycle('startChild');
  expect(starts.map(({ input }) => [...new Set(input.patches.map(({ id }) => id))])).toEqual([['d1'], ['d2'], ['d3']]);
  for (const { child, epoch } of starts) core.send({ kind: 'childStarted', child, epoch });
  core.change(update('Dataset', 'd2', { rows: 1 }), {
    op: 'relate',
    type: 'Dataset',
    id: 'd3',
    relation: 'near',
    add: ['d2'],
  });
  const messages = core.deliver();
  expect(messages['Dataset/d1']).toBeUndefined();
  expect(told(messages['Dataset/d3']?.[0])).toEqual([{ type: 'Dataset', id: 'd3', rel: { near: { add: ['d2'] } } }]);
});

test('a child that creates what was deleted above before is told of the deletion', () => {
  const core = middle();
  core.change({ op: 'delete', type: 'Column', id: 'c9' });
  core.deliver();
  core.send(fromChild('Dataset/d1', 1, patchOf('Column', 'c9', -10, { put: true, set: { name: 'late' } })));
  expect(core.entity('Column', 'c9')).toBeUndefined();
  expect(told(core.deliver()['Dataset/d1']?.[0])).toEqual([{ type: 'Column', id: 'c9', delete: true }]);
});

test('a child whose root was deleted is not told so while its release waits for its turn', () => {
  const core = middle({}, { ...sourceWorkflow, limits: { ...sourceWorkflow.limits, starts: 1 } });
  core.change({ op: 'delete', type: 'Dataset', id: 'd1' }, { op: 'delete', type: 'Dataset', id: 'd2' });
  const effects = core.cycle();
  expect(effects.filter(({ kind }) => kind === 'endChild')).toMatchObject([{ child: 'Dataset/d1' }]);
  const down = effects
    .flatMap((effect) => (effect.kind === 'send' ? effect.deliveries : []))
    .filter(({ body }) => body.direction === 'down');
  expect(down.flatMap(({ body }) => body.patches)).toEqual([]);
  expect(core.cycle('endChild')).toMatchObject([{ child: 'Dataset/d2' }]);
});

test('a root that is deleted and created again is the same for its child: what was written before is gone', () => {
  const core = middle();
  core.change(
    { op: 'delete', type: 'Dataset', id: 'd1' },
    { op: 'put', type: 'Dataset', entity: dataset('d1') },
    { op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ['d1'] },
  );
  expect(told(core.deliver()['Dataset/d1']?.[0])).toEqual([
    { type: 'Dataset', id: 'd1', delete: true },
    { type: 'Dataset', id: 'd1', put: true, set: { name: 'Dataset d1', active: true } },
  ]);
});

test('what was noted for a child and has left its sub-graph before the cycle ends is not told', () => {
  const core = middle();
  core.change(
    { op: 'put', type: 'Column', entity: { id: 'c1', name: 'C' } },
    { op: 'relate', type: 'Dataset', id: 'd1', relation: 'columns', add: ['c1'] },
  );
  core.change({ op: 'relate', type: 'Dataset', id: 'd1', relation: 'columns', remove: ['c1'] });
  expect(told(core.deliver()['Dataset/d1']?.[0])).toEqual([
    { type: 'Dataset', id: 'd1', rel: { columns: { remove: ['c1'] } } },
  ]);
});

test('a child gets the id of what it refers to, and nothing of what that holds', () => {
  const core = middle();
  core.change(
    { op: 'put', type: 'Dataset', entity: dataset('d9') },
    { op: 'relate', type: 'Dataset', id: 'd1', relation: 'upstream', add: ['d9'] },
  );
  expect(told(core.deliver()['Dataset/d1']?.[0])).toEqual([
    { type: 'Dataset', id: 'd1', rel: { upstream: { add: ['d9'] } } },
  ]);
  core.change(update('Dataset', 'd9', { rows: 1 }));
  expect(Object.keys(core.deliver())).toEqual(['Organization/o']);
});

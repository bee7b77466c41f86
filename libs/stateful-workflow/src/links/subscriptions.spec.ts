import { Driver, SOURCE, dataset, told, update } from '../e2e/driver.js';
import { sourceWorkflow } from '../e2e/catalog.js';

test('all of 130 subscribers are told, and the payload names the entity', () => {
  const core = Driver.top(sourceWorkflow, SOURCE);
  for (let index = 0; index < 130; index += 1)
    core.send({ kind: 'subscribe', subscriber: `w${index}`, subscription: 'a', selector: ['Source.name'] });
  core.settle();
  core.change(update('Source', 's1', { name: 'new', note: 'not selected' }));
  const messages = core.deliver();
  expect(Object.keys(messages)).toHaveLength(130);
  expect(told(messages['w129']?.[0])).toEqual([{ type: 'Source', id: 's1', set: { name: 'new' } }]);
});

test('a subscriber is told what there is, deletions and unset fields included, and only what it selects', () => {
  const core = Driver.top(sourceWorkflow, { ...SOURCE, note: 'n', datasets: [dataset('d1')] });
  core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'a', selector: ['Dataset', 'Source.note'] });
  expect(told(core.deliver()['w']?.[0])?.sort((a, b) => (a.type < b.type ? -1 : 1))).toEqual([
    { type: 'Dataset', id: 'd1', put: true, set: { name: 'Dataset d1', active: true } },
    { type: 'Source', id: 's1', put: true, set: { note: 'n' } },
  ]);
  core.change({ op: 'update', type: 'Source', id: 's1', unset: ['note'] }, { op: 'delete', type: 'Dataset', id: 'd1' });
  expect(told(core.deliver()['w']?.[0])).toEqual(
    expect.arrayContaining([
      { type: 'Source', id: 's1', unset: ['note'] },
      { type: 'Dataset', id: 'd1', delete: true },
    ]),
  );
});

test('ending one of two subscriptions of a workflow leaves the other', () => {
  const core = Driver.top(sourceWorkflow, SOURCE);
  core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'names', selector: ['Source.name'] });
  core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'notes', selector: ['Source.note'] });
  core.settle();
  core.send({ kind: 'unsubscribe', subscriber: 'w', subscription: 'names' });
  core.change(update('Source', 's1', { name: 'new', note: 'new' }));
  expect(told(core.deliver()['w']?.[0])).toEqual([{ type: 'Source', id: 's1', set: { note: 'new' } }]);
  core.send({ kind: 'unsubscribe', subscriber: 'w', subscription: 'notes' });
  core.change(update('Source', 's1', { note: 'last' }));
  expect(core.deliver()).toEqual({});
  expect(core.health.subscribers).toBe(0);
});

test('a subscription outlives a new run, for it is data', () => {
  const core = Driver.top(sourceWorkflow, SOURCE);
  core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'a', selector: ['Source.name'] });
  core.settle();
  core.continueAsNew();
  core.change(update('Source', 's1', { name: 'new', note: 'x' }));
  expect(told(core.deliver()['w']?.at(-1))).toEqual([{ type: 'Source', id: 's1', set: { name: 'new' } }]);
});

test('a selector that is not valid is refused, and a subscriber that is gone is forgotten', () => {
  const core = Driver.top(sourceWorkflow, SOURCE);
  const subscribe = (selector: string[]) =>
    core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'a', selector }).outcome.status;
  expect([['Sauce'], ['Source.nmae'], ['Source.name.x'], [], ['entities.*']].map(subscribe)).toEqual(
    Array(5).fill('refused'),
  );
  expect(subscribe(['*'])).toBe('done');
  const [send] = core.cycle('send');
  core.send({
    kind: 'sent',
    direction: 'subscription',
    delivered: [],
    failed: [{ to: 'w', epoch: send?.deliveries[0]?.targets[0]?.epoch ?? 0, seq: 1, gone: true }],
  });
  expect(core.health.subscribers).toBe(0);
  core.change(update('Source', 's1', { name: 'new' }));
  expect(core.deliver()).toEqual({});
});

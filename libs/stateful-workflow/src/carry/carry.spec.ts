import fc from 'fast-check';
import { Driver, middle, SOURCE, dataset } from '../e2e/driver.js';
import { datasetWorkflow, sourceWorkflow } from '../e2e/catalog.js';
import { carry, carryBytes, healthOf, normalizedState, restore, type Carry } from '../core.js';
import { bool, entity, entityWorkflow, int, key, many, model, one, optional, str, type Change } from '../index.js';

const json = (value: Carry): Carry => JSON.parse(JSON.stringify(value)) as Carry;

test('what is carried restores to a state that carries the same', () => {
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc
      .record({ id: fc.constantFrom('d1', 'd2'), name: fc.string(), active: fc.boolean() })
      .map((value): Change => ({ op: 'put', type: 'Dataset', entity: value })),
    fc.record({ op: fc.constant('delete' as const), type: fc.constant('Dataset'), id: fc.constantFrom('d1', 'd2') }),
    fc.record({
      op: fc.constant('relate' as const),
      type: fc.constant('Source'),
      id: fc.constant('s1'),
      relation: fc.constant('datasets'),
      add: fc.subarray(['d1', 'd2']),
      remove: fc.subarray(['d1', 'd2']),
    }),
    fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: fc.constant('s1'),
      set: fc.record(
        { note: fc.string(), labels: fc.dictionary(fc.constantFrom('a', 'a.b', 'a/b'), fc.string()) },
        { requiredKeys: [] },
      ),
      unset: fc.subarray(['tags']),
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ change, cycle: fc.boolean(), pause: fc.boolean() }), { maxLength: 30 }),
      (steps) => {
        const core = Driver.top(sourceWorkflow, SOURCE);
        core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'a', selector: ['Dataset'] });
        for (const { change: next, cycle, pause } of steps) {
          core.change(next);
          if (cycle) core.settle();
          if (pause) core.send({ kind: core.health.status === 'paused' ? 'resume' : 'pause' });
        }
        // Once restored, what was under way waits to be done again, so it is the second that has to equal the first.
        const first = json(carry(sourceWorkflow, restore(sourceWorkflow, json(carry(sourceWorkflow, core.state)))));
        const restored = restore(sourceWorkflow, first);
        expect(json(carry(sourceWorkflow as never, restored))).toEqual(first);
        expect(normalizedState(sourceWorkflow as never, restored)).toEqual(
          normalizedState(sourceWorkflow as never, core.state),
        );
        expect([...restored.store.edges.keys()]).toEqual([...core.state.store.edges.keys()]);
        expect(healthOf(restored)).toEqual({
          ...core.health,
          linksBehind: expect.any(Number) as number,
          children: expect.anything() as object,
        });
      },
    ),
  );
});

test('nothing that waits is lost with the run: inbox, requests, subscribers, what is to be told', () => {
  const core = Driver.top(datasetWorkflow, dataset('d1'));
  core.send({ kind: 'attach', owner: 'Source/s1', epoch: 1, patches: [] });
  core.send({ kind: 'load' });
  core.change({ op: 'update', type: 'Dataset', id: 'd1', set: { rows: 1 } });
  core.send({ kind: 'pause' });
  core.send({ kind: 'action', id: 'a', action: 'count', input: { rows: 2 } });
  core.continueAsNew();
  expect(core.send({ kind: 'resume' }).effects).toEqual([
    { kind: 'reply', id: 'a', outcome: { status: 'done', result: 3 } },
  ]);
  const effects = core.cycle();
  expect(effects).toMatchObject([
    { kind: 'load', epoch: 2 },
    { kind: 'send', deliveries: [{ targets: [{ to: 'Source/s1' }] }] },
  ]);
});

const version1 = entityWorkflow(
  model(
    entity('Source', {
      id: key(),
      name: str(),
      size: optional(str()),
      datasets: many('Dataset'),
      old: many('Dataset'),
    }),
    entity('Dataset', { id: key(), rows: int(), source: one('Source') }),
  ),
  'Source',
);
const version3 = entityWorkflow(
  model(
    entity('Source', { id: key(), title: str(), sizeMb: optional(int()), datasets: many('Dataset') }),
    entity('Dataset', { id: key(), rows: int(), big: bool() }),
  ),
  'Source',
  {
    version: 3,
    migrations: {
      2: { Source: ({ values: { name, ...rest } }) => ({ ...rest, title: name ?? '' }) },
      3: {
        Source: ({ values: { size, ...rest } }) => ({ ...rest, ...(size !== undefined && { sizeMb: Number(size) }) }),
        Dataset: ({ id, values }) => (id === 'drop' ? undefined : { ...values, big: Number(values['rows']) > 10 }),
      },
    },
  },
);

test('a state of an earlier version is brought up to date, step by step, with its relations', () => {
  const datasets = [
    { id: 'd1', rows: 5, source: 's' },
    { id: 'd2', rows: 50, source: 's' },
    { id: 'drop', rows: 1 },
  ];
  const core = Driver.top(version1, { id: 's', name: 'Old', size: '12', datasets, old: ['d1'] });
  core.continueAsNew(version3);
  expect(normalizedState(version3 as never, core.state)).toEqual({
    Source: { s: { id: 's', title: 'Old', sizeMb: 12, datasets: ['d1', 'd2'] } },
    Dataset: { d1: { id: 'd1', rows: 5, big: false }, d2: { id: 'd2', rows: 50, big: true } },
  });
});

test('a state that was carried before outcomes of actions were kept is restored', () => {
  const { outcomes, ...older } = json(carry(sourceWorkflow, middle().state));
  expect(outcomes).toEqual([]);
  expect(restore(sourceWorkflow as never, older as never).outcomes).toEqual([]);
});

test('a state of a version or form that this code does not know is refused, and says which it knows', () => {
  const carried = json(carry(version3, Driver.top(version3, { id: 's', title: 'x', datasets: [] }).state));
  expect(() => restore(version1 as never, carried)).toThrow('version 1.3; this code reads versions 1.1 to 1.1');
  expect(() => restore(version3 as never, { ...carried, format: 2 as never })).toThrow('reads versions');
  expect(() => restore(datasetWorkflow as never, carried)).toThrow('a carried state of a Dataset');
  expect(() => entityWorkflow(version1.model, 'Source', { version: 3, migrations: { 2: {} } })).toThrow('3 is missing');
});

test('the size of what is carried is known', () => {
  const core = Driver.top(sourceWorkflow, { ...SOURCE, note: 'ä' });
  expect(carryBytes(sourceWorkflow as never, core.state)).toBe(
    Buffer.byteLength(JSON.stringify(carry(sourceWorkflow as never, core.state))),
  );
});

import { Driver, SOURCE, dataset, fromChild, fromOwner, patchOf } from '../e2e/driver.js';
import { datasetWorkflow, organizationWorkflow, sourceWorkflow, watcherWorkflow } from '../e2e/catalog.js';
import { startInput, type Effect, type LinkMessage, type StartInput } from '../core.js';
import type { Change } from '../index.js';

const OWNER = { workflow: 'Organization/o', epoch: 1 };
const update = (type: string, id: string, set: Record<string, unknown>): Change => ({ op: 'update', type, id, set });

/** A source with an owner and running datasets d1 and d2. */
function middle(rest: object = {}, definition: object = sourceWorkflow): Driver {
  const input = startInput(
    sourceWorkflow,
    { entity: { ...SOURCE, datasets: [dataset('d1'), dataset('d2')], ...rest } },
    { at: 0 },
  );
  const core = new Driver(definition, { ...input, owner: OWNER });
  core.settle();
  core.settle();
  core.effects = [];
  return core;
}

const told = (message: LinkMessage | undefined) => message?.patches.map(({ stamp: _, ...patch }) => patch);

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

test('a change of a child goes up and to nobody else, and is not told back', () => {
  const core = middle();
  core.send(
    fromChild(
      'Dataset/d1',
      1,
      patchOf('Dataset', 'd1', 500, { set: { rows: 7 } }),
      patchOf('Column', 'c1', 500, { put: true, set: { name: 'C' } }),
      patchOf('Dataset', 'd1', 500, { rel: { columns: { add: ['c1'] } } }),
    ),
  );
  const messages = core.deliver();
  expect(Object.keys(messages)).toEqual(['Organization/o']);
  expect(messages['Organization/o']?.[0]?.patches).toHaveLength(2);
  core.send(fromOwner('Organization/o', 1, ...(messages['Organization/o']?.[0]?.patches ?? [])));
  expect(core.deliver()).toEqual({});
});

test('a batch that mixes what an owner said with what was written here tells the owner the latter', () => {
  const core = middle();
  core.send(fromOwner('Organization/o', 1, patchOf('Source', 's1', 500, { set: { name: 'from above' } })));
  core.change(update('Source', 's1', { note: 'from here' }));
  expect(told(core.deliver()['Organization/o']?.[0])).toEqual([
    { type: 'Source', id: 's1', set: { note: 'from here' } },
  ]);
});

test('what changes often within a cycle is told once, with its latest value', () => {
  const core = middle();
  for (let rows = 0; rows < 20; rows += 1) core.change(update('Dataset', 'd1', { rows }));
  const messages = core.deliver();
  expect(messages['Dataset/d1']).toHaveLength(1);
  expect(told(messages['Dataset/d1']?.[0])).toEqual([{ type: 'Dataset', id: 'd1', set: { rows: 19 } }]);
});

test('while deliveries are on the way, what changes is gathered and not queued', () => {
  const core = middle();
  const sent = () =>
    core.cycle('send').flatMap(({ deliveries }) => deliveries.filter(({ body }) => body.direction === 'up'));
  for (let rows = 0; rows < 50; rows += 1) {
    core.change(update('Dataset', 'd1', { rows }));
    sent();
  }
  expect(core.state.links.get('up:Organization/o')).toMatchObject({ nextSeq: 6, pending: { size: 1 } });
});

test('a delivery that comes twice counts once; one that comes early is taken, and acknowledged when the gap is filled', () => {
  const core = middle();
  const message = (seq: number, rows: number): LinkMessage => ({
    ...fromChild('Dataset/d1', seq, patchOf('Dataset', 'd1', 500 + seq, { set: { rows } })),
    ack: true,
  });
  const acks = () => core.cycle('ack');
  core.send(message(1, 1));
  core.send(message(3, 3));
  expect(core.entity('Dataset', 'd1')?.['rows']).toBe(3);
  expect(acks()).toEqual([{ kind: 'ack', to: 'Dataset/d1', direction: 'up', epoch: 1, seq: 1 }]);
  expect(core.send(message(3, 3)).patches).toEqual([]);
  core.send(message(2, 2));
  expect(core.entity('Dataset', 'd1')?.['rows']).toBe(3);
  expect(acks()).toMatchObject([{ seq: 3 }]);
  expect(core.health.counters).toMatchObject({ duplicates: 1, stale: 0, aside: 0 });
});

test('a delivery that failed is sent again with its number and the values of now, after a back-off that grows', () => {
  const core = middle();
  core.change(update('Dataset', 'd1', { rows: 1 }));
  const first = core.cycle('send')[0]?.deliveries.find(({ body }) => body.direction === 'down');
  const target = first?.targets[0];
  core.send({ kind: 'sent', direction: 'down', delivered: [], failed: target ? [target] : [] });
  core.change(update('Dataset', 'd1', { rows: 2 }));
  const due = core.state.links.get('down:Dataset/d1')?.inFlight[0]?.dueAt ?? 0;
  expect(due).toBeGreaterThan(core.now);
  core.now = due;
  const repeats = core
    .cycle('send')
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ targets }) => targets.some(({ to, seq }) => to === 'Dataset/d1' && seq === target?.seq));
  expect(repeats).toMatchObject([{ body: { patches: [{ set: { rows: 2 } }] } }]);
});

test('a child that asks for everything gets its sub-graph, credential and URL over a link that begins anew', () => {
  const core = middle();
  core.send({ kind: 'credential', credential: { kind: 'reference', ref: 'secret://local/api', minVersion: 3 } });
  core.settle();
  core.send({ kind: 'ack', direction: 'down', from: 'Dataset/d1', epoch: 0, seq: 0, resync: true });
  const [message] = core.deliver()['Dataset/d1'] ?? [];
  expect(message).toMatchObject({ seq: 1, inherit: { credential: { value: { minVersion: 3 } } } });
  expect(told(message)).toEqual([{ type: 'Dataset', id: 'd1', put: true, set: { name: 'Dataset d1', active: true } }]);
});

test('a run that replaces a lost one asks its owner for everything', () => {
  const input: StartInput = { ...startInput(datasetWorkflow, { entity: dataset('d1') }, { at: 0 }), owner: OWNER };
  expect(new Driver(datasetWorkflow, input, { resync: true }).cycle('ack')).toEqual([
    { kind: 'ack', to: 'Organization/o', direction: 'down', epoch: 0, seq: 0, resync: true },
  ]);
  expect(new Driver(datasetWorkflow, input).cycle('ack')).toEqual([]);
});

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

test('above the threshold one effect carries one content to all receivers, below it signals do', () => {
  const core = Driver.top(sourceWorkflow, {
    ...SOURCE,
    datasets: Array.from({ length: 60 }, (_, index) => dataset(`d${index}`)),
  });
  core.settle();
  core.settle();
  core.send({ kind: 'credential', credential: { kind: 'reference', ref: 'secret://local/api', minVersion: 1 } });
  const sends = core.cycle('send');
  expect(sends).toHaveLength(1);
  expect(sends[0]).toMatchObject({
    via: 'activity',
    deliveries: [{ body: { patches: [], inherit: { credential: { value: { minVersion: 1 } } } } }],
  });
  expect(sends[0]?.deliveries[0]?.targets).toHaveLength(60);
  core.change(update('Dataset', 'd1', { rows: 1 }));
  expect(core.cycle('send')).toMatchObject([{ via: 'signal', deliveries: [{ targets: [{ to: 'Dataset/d1' }] }] }]);
});

test('a large change is cut into deliveries of a bounded size', () => {
  const core = middle({}, { ...sourceWorkflow, limits: { ...sourceWorkflow.limits, batch: 10 } });
  core.change(
    ...Array.from({ length: 35 }, (_, index): Change => ({
      op: 'put',
      type: 'Column',
      entity: { id: `c${index}`, name: 'C' },
    })),
  );
  expect(core.deliver()['Organization/o']?.map(({ patches }) => patches.length)).toEqual([10, 10, 10, 5]);
});

test('an owner that attaches is told what it does not know, and what it brings is told to the others', () => {
  const core = middle({ note: 'known' });
  const patches = [patchOf('Source', 's1', 500, { set: { name: 'theirs' } })];
  core.send({ kind: 'attach', owner: 'Organization/p', epoch: 9, patches });
  const messages = core.deliver();
  expect(told(messages['Organization/o']?.[0])).toEqual([{ type: 'Source', id: 's1', set: { name: 'theirs' } }]);
  const all = messages['Organization/p']?.flatMap((message) => told(message)) ?? [];
  expect(all).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'Source', put: true })]));
  expect(JSON.stringify(all)).not.toContain('theirs');
  expect(core.health.owners).toEqual(['Organization/o', 'Organization/p']);
});

test('with its last owner an entity ends; a release of an earlier start does not count', () => {
  const core = middle();
  core.send({ kind: 'attach', owner: 'Organization/p', epoch: 9, patches: [] });
  core.send({ kind: 'release', owner: 'Organization/p', epoch: 8, how: 'cancel' });
  expect(core.health.owners).toHaveLength(2);
  expect(
    core.send({ kind: 'release', owner: 'Organization/o', epoch: 1, how: 'cancel' }).effects.map(({ kind }) => kind),
  ).not.toContain('close');
  const { effects } = core.send({ kind: 'release', owner: 'Organization/p', epoch: 9, how: 'complete' });
  expect(effects).toEqual(expect.arrayContaining<Partial<Effect>>([{ kind: 'close', how: 'complete' }]));
  expect(core.health.status).toBe('closing');
});

test('what an owner asked to be told is all that it is told', () => {
  const input = startInput(datasetWorkflow, { entity: dataset('d1') }, { at: 0 });
  const core = new Driver(datasetWorkflow, { ...input, owner: OWNER, up: ['Dataset.health'] });
  core.change(update('Dataset', 'd1', { health: 'failing', rows: 7 }), {
    op: 'put',
    type: 'Column',
    entity: { id: 'c', name: 'C' },
  });
  expect(told(core.deliver()['Organization/o']?.[0])).toEqual([
    { type: 'Dataset', id: 'd1', set: { health: 'failing' } },
  ]);
});

test('patches that cannot be used are put aside, the others of the delivery count', () => {
  const core = Driver.top(watcherWorkflow, { id: 'w' });
  const bad = [
    patchOf('Sauce', 'x', 1, { put: true }),
    patchOf('Source', 's1', 1, { set: { name: 7 } }),
    { type: 'Source', id: 's1', stamp: 'no' },
    patchOf('Source', 's1', 1_000_000, { set: { name: 'from the future' } }),
  ];
  const message: LinkMessage = {
    kind: 'link',
    direction: 'subscription',
    from: 'Source/s1',
    epoch: 1,
    seq: 1,
    patches: [...bad, patchOf('Source', 's1', 1, { put: true, set: { name: 'good' } })],
  };
  core.send(message);
  expect(core.entity('Source', 's1')?.['name']).toBe('good');
  expect(core.health.counters.aside).toBe(4);
  expect(core.health.deadLetters).toHaveLength(4);
  expect(core.health.deadLetters[0]).toMatchObject({
    kind: 'patch',
    from: 'Source/s1',
    code: 'STATEFUL_MESSAGE_INVALID',
  });
});

test('changes pass through any number of levels once in each direction', () => {
  const core = Driver.top(organizationWorkflow, {
    id: 'o',
    name: 'Org',
    sources: [{ ...SOURCE, datasets: [dataset('d1')] }],
  });
  core.settle();
  core.settle();
  core.change(update('Dataset', 'd1', { rows: 1 }));
  const down = core.deliver();
  expect(Object.keys(down)).toEqual(['Source/s1']);
  core.send(fromChild('Source/s1', 1, ...(down['Source/s1']?.[0]?.patches ?? [])));
  expect(core.deliver()).toEqual({});
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

test('what was on the way when the run ended is sent again, with the same number', () => {
  const core = middle();
  core.change(update('Dataset', 'd1', { rows: 1 }));
  const numbers = (effects: Effect[]) =>
    effects.flatMap((effect) =>
      effect.kind === 'send'
        ? effect.deliveries.flatMap(({ targets }) => targets.map(({ to, seq }) => `${to} ${seq}`))
        : [],
    );
  const sent = numbers(core.cycle());
  core.continueAsNew();
  expect(numbers(core.cycle()).sort()).toEqual(sent.sort());
  core.continueAsNew();
  core.settle();
  core.continueAsNew();
  expect(core.cycle('send')).toEqual([]);
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

import { Driver, SOURCE, dataset, fromChild, fromOwner, middle, patchOf, told, update } from '../e2e/driver.js';
import { datasetWorkflow, organizationWorkflow, sourceWorkflow, watcherWorkflow } from '../e2e/catalog.js';
import { startInput, type Effect, type LinkMessage, type StartInput } from '../core.js';
import type { Change } from '../index.js';

const OWNER = { workflow: 'Organization/o', epoch: 1 };

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

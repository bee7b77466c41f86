import { Driver, SOURCE, dataset, fromOwner, patchOf } from '../e2e/driver.js';
import { catalog, sourceWorkflow } from '../e2e/catalog.js';
import { nextDue, type MessageBody } from '../core.js';
import { action, entityWorkflow, int, list, optional, str, type Change } from '../index.js';

const update = (set: Record<string, unknown>): Change => ({ op: 'update', type: 'Source', id: 's1', set });

const acting = entityWorkflow(catalog, 'Source', {
  actions: {
    rename: action({ name: str({ max: 10 }) }, {}, (draft, { name }) => {
      const before = draft.name;
      draft.name = name;
      return { before };
    }),
    nest: action({}, {}, (draft) => {
      draft.prefs.size = (draft.prefs.size ?? 0) + 1;
      (draft.tags ??= []).push('tag');
      draft.labels['team'] = 'x';
      delete draft.note;
    }),
    grow: action({ rows: list(int()) }, {}, (draft, { rows }) => {
      for (const [index, count] of rows.entries())
        draft.datasets.add({
          id: `d${index}`,
          name: 'D',
          active: true,
          rows: count,
          columns: [{ id: `c${index}`, name: 'C' }],
        });
      draft.datasets.delete('old');
      const first = draft.datasets.get('d0');
      if (first) first.name = 'first';
      draft.team.set({ id: 't', name: 'Team' });
      return draft.datasets.ids();
    }),
    break: action({}, {}, (draft) => {
      draft.name = 'broken';
      throw new Error('will not do');
    }),
    spoil: action({}, {}, (draft) => {
      draft.name = 7 as unknown as string;
    }),
    invent: action({}, {}, (draft) => {
      Object.assign(draft, { invented: 1 });
    }),
    later: action({}, {}, (() => Promise.resolve(1)) as unknown as () => number),
    publish: action({ text: str() }, { serial: true, call: 'publishUpstream' }, (draft, { text }, { result }) => {
      draft.note = `${text}:${JSON.stringify(result)}`;
      return draft.note;
    }),
    both: action({ text: optional(str()) }, { call: 'publishUpstream' }, () => undefined),
  },
});

const actor = (rest: object = {}) => Driver.top(acting, { ...SOURCE, ...rest });
const act = (core: Driver, name: string, input: unknown = {}, id = name) =>
  core.send({ kind: 'action', id, action: name, input });

test('an action writes to a draft and gives a result; its patches are what differs', () => {
  const core = actor();
  const { outcome, patches } = act(core, 'rename', { name: 'new' });
  expect(outcome).toEqual({ status: 'done', result: { before: 'One' } });
  expect(patches).toMatchObject([{ type: 'Source', id: 's1', set: { name: 'new' } }]);
  expect(act(core, 'rename', { name: 'new' }, 'again').patches).toEqual([]);
});

test('a nested write, a push to a list, a new name in a record and a field that is left out all become patches', () => {
  const core = actor({ note: 'n', prefs: { theme: 'dark', size: 1 } });
  expect(act(core, 'nest').patches.map(({ set, unset }) => ({ set, unset }))).toEqual([
    { set: { 'prefs.size': 2, tags: ['tag'], 'labels.team': 'x' }, unset: ['note'] },
  ]);
  expect(act(core, 'nest', {}, 'twice').patches).toMatchObject([{ set: { 'prefs.size': 3, tags: ['tag', 'tag'] } }]);
});

test('an action creates, changes, relates and deletes other entities, in one commit', () => {
  const core = actor({ datasets: [dataset('old')] });
  expect(act(core, 'grow', { rows: [5, 6] }).outcome).toEqual({ status: 'done', result: ['d0', 'd1'] });
  expect(core.entity('Dataset', 'd0')).toEqual({
    id: 'd0',
    name: 'first',
    active: true,
    rows: 5,
    columns: ['c0'],
    near: [],
    upstream: [],
  });
  expect(core.entity('Source', 's1')).toMatchObject({ datasets: ['d0', 'd1'], team: 't' });
  expect(core.entity('Dataset', 'old')).toBeUndefined();
});

test.each([
  ['break', 'STATEFUL_ACTION_FAILED', 'will not do'],
  ['spoil', 'STATEFUL_MESSAGE_INVALID', 'Source.name is number'],
  ['invent', 'STATEFUL_MESSAGE_INVALID', 'field that is not defined'],
  ['later', 'STATEFUL_ACTION_FAILED', 'asynchronous'],
  ['constructor', 'STATEFUL_MESSAGE_INVALID', 'no action of that name'],
])('an action that fails is refused whole, and the next one works: %s', (name, code, problem) => {
  const core = actor();
  expect(act(core, name).outcome).toMatchObject({
    status: 'refused',
    code,
    message: expect.stringContaining(problem) as string,
  });
  expect(core.entity('Source', 's1')).toEqual({ id: 's1', name: 'One', prefs: {}, labels: {}, datasets: [] });
  expect(act(core, 'rename', { name: 'works' }).outcome.status).toBe('done');
});

test('an input that is not valid is refused before the action runs', () => {
  const core = actor();
  for (const input of [{}, { name: 1 }, { name: 'x', more: 1 }, { name: 'longer than ten' }, null, 'x'])
    expect(act(core, 'rename', input).outcome.status).toBe('refused');
  expect(core.health.counters).toMatchObject({ refused: 6, messages: 6 });
});

test('calls of a serial action come one after the other, in order; each is answered when it has been committed', () => {
  const core = actor();
  for (const text of ['a', 'b', 'c'])
    expect(act(core, 'publish', { text }, text).outcome).toEqual({ status: 'pending' });
  const order: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const calls = core.cycle('call');
    expect(calls).toHaveLength(1);
    const id = calls[0]?.id ?? '';
    order.push(id);
    const { effects } = core.send(
      id === 'b' ? { kind: 'called', id, error: 'upstream said no' } : { kind: 'called', id, result: round },
    );
    expect(effects).toMatchObject([
      {
        kind: 'reply',
        id,
        outcome:
          id === 'b'
            ? { status: 'refused', code: 'STATEFUL_ACTION_FAILED' }
            : { status: 'done', result: `${id}:${round}` },
      },
    ]);
  }
  expect(order).toEqual(['a', 'b', 'c']);
  expect(core.entity('Source', 's1')?.['note']).toBe('c:2');
  expect(core.cycle('call')).toEqual([]);
});

test('calls of an action that is not serial run side by side; those under way are made again by the next run', () => {
  const core = actor();
  for (const id of ['x', 'y', 'z']) act(core, 'both', {}, id);
  expect(core.cycle('call')).toHaveLength(3);
  core.continueAsNew();
  expect(core.cycle('call').map(({ id }) => id)).toEqual(['x', 'y', 'z']);
});

test('an action that comes again, also in a later run, gets the answer of the first time', () => {
  const core = actor();
  const first = act(core, 'rename', { name: 'new' }, 'r').outcome;
  act(core, 'publish', { text: 'a' }, 'p');
  act(core, 'publish', { text: 'b' }, 'q');
  core.cycle();
  core.continueAsNew();
  expect(act(core, 'rename', { name: 'new' }, 'r')).toMatchObject({ outcome: first, patches: [] });
  expect(act(core, 'publish', { text: 'a' }, 'p').outcome).toEqual({ status: 'pending' });
  core.cycle();
  core.send({ kind: 'called', id: 'p', result: 1 });
  core.cycle();
  core.send({ kind: 'called', id: 'q', error: 'upstream said no' });
  core.continueAsNew();
  expect(act(core, 'publish', { text: 'a' }, 'p').outcome).toEqual({ status: 'done', result: 'a:1' });
  expect(act(core, 'publish', { text: 'b' }, 'q').outcome).toMatchObject({ status: 'refused', code: 'STATEFUL_ACTION_FAILED' });
  expect(core.cycle('call')).toEqual([]);
});

test('answers that are kept are few and small', () => {
  const core = actor();
  for (let count = 0; count < 30; count += 1) act(core, 'rename', { name: `n${count}` }, `r${count}`);
  act(core, 'publish', { text: 'x'.repeat(5000) }, 'large');
  core.cycle();
  core.send({ kind: 'called', id: 'large', result: 1 });
  expect(core.state.outcomes.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `r${index + 10}`));
  expect(act(core, 'rename', { name: 'n1' }, 'r1').outcome).toEqual({ status: 'duplicate' });
});

test('a message that comes twice counts once, across runs, as long as it is remembered', () => {
  const core = actor();
  const change = (id: string, name: string): MessageBody => ({ kind: 'change', id, changes: [update({ name })] });
  core.send(change('m1', 'first'));
  core.send(change('m2', 'second'));
  core.continueAsNew();
  expect(core.send(change('m1', 'first')).outcome).toEqual({ status: 'duplicate' });
  expect(core.entity('Source', 's1')?.['name']).toBe('second');
  for (let index = 0; index < 1500; index += 1) core.send(change(`n${index}`, 'x'));
  expect(core.state.remembered).toHaveLength(1000);
});

test.each<[string, unknown]>([
  ['a kind that there is not', { kind: 'setState', data: {} }],
  ['no object', 'update'],
  ['null', null],
  ['a delivery without a number', { kind: 'link', direction: 'up', from: 'x', epoch: 1, patches: [] }],
  ['a delivery of no list', { kind: 'link', direction: 'up', from: 'x', epoch: 1, seq: 1, patches: {} }],
  ['a direction that there is not', { kind: 'ack', direction: 'sideways', from: 'x', epoch: 1, seq: 1 }],
  ['a number that is none', { kind: 'childEnded', child: 'x', epoch: NaN, outcome: 'failed' }],
  ['a name out of the prototype', { kind: 'constructor' }],
])('a message that nobody can use is put aside, and the workflow goes on: %s', (_, body) => {
  const core = actor();
  const message =
    typeof body === 'object' && body !== null ? (body as MessageBody) : ({ kind: undefined } as unknown as MessageBody);
  expect(core.send(message)).toMatchObject({ outcome: { status: 'aside' }, patches: [], effects: [] });
  expect(core.health).toMatchObject({
    counters: { messages: 1, aside: 1 },
    deadLetters: [{ code: 'STATEFUL_MESSAGE_INVALID' }],
  });
  expect(act(core, 'rename', { name: 'works' }).outcome.status).toBe('done');
});

test('a flood of messages that cannot be used is counted, and the latest are kept', () => {
  const core = actor();
  for (let index = 0; index < 500; index += 1) core.send({ kind: 'poison' } as unknown as MessageBody);
  expect(core.health.counters.aside).toBe(500);
  expect(core.health.deadLetters).toHaveLength(50);
});

test('while paused nothing changes and nothing is done; what came is done in order when resumed, and answered', () => {
  const core = Driver.top(sourceWorkflow, { ...SOURCE, datasets: [dataset('d1')] });
  core.send({ kind: 'pause' });
  const before = core.entity('Source', 's1');
  expect(core.send({ kind: 'change', id: 'a', changes: [update({ name: 'a', note: 'a' })] }).outcome).toEqual({
    status: 'pending',
  });
  core.send(fromOwner('Organization/o', 1, patchOf('Source', 's1', 900, { set: { name: 'later' } })));
  core.send({ kind: 'change', id: 'b', changes: [update({ nmae: 'b' })] });
  core.send({ kind: 'subscribe', subscriber: 'w', subscription: 'a', selector: ['*'] });
  expect(core.cycle()).toEqual([]);
  expect(core.entity('Source', 's1')).toEqual(before);
  expect(nextDue(core.state)).toBeUndefined();
  core.continueAsNew();
  expect(core.health).toMatchObject({ status: 'paused', held: 4 });
  const { effects } = core.send({ kind: 'resume' });
  expect(effects).toMatchObject([
    { kind: 'reply', id: 'a', outcome: { status: 'done' } },
    { kind: 'reply', id: 'b', outcome: { status: 'refused', code: 'STATEFUL_MESSAGE_INVALID' } },
  ]);
  expect(core.entity('Source', 's1')).toMatchObject({ name: 'later', note: 'a' });
  expect(core.cycle().map(({ kind }) => kind)).toEqual(['startChild', 'send']);
  expect(core.health).toMatchObject({ status: 'running', held: 0, counters: { messages: 8, refused: 1 } });
});

test('what waited counts as written when it came, not when the pause ended', () => {
  const core = Driver.top(sourceWorkflow, SOURCE);
  core.send({ kind: 'pause' });
  core.change(update({ name: 'early', note: 'early' }));
  const second = (core.now + 1_000 - 1_000_000) / 1_000;
  core.now += 5_000;
  core.send({ kind: 'apiUrl', url: 'https://a.example' });
  core.send(fromOwner('Organization/o', 1, patchOf('Source', 's1', second, { set: { name: 'later' } })));
  core.send({ kind: 'resume' });
  expect(core.entity('Source', 's1')).toMatchObject({ name: 'later', note: 'early' });
});

test('what comes while paused is bounded: clients are refused, senders of deliveries are asked for everything later', () => {
  const core = Driver.top({ ...sourceWorkflow, limits: { ...sourceWorkflow.limits, inbox: 3 } }, SOURCE);
  core.send({ kind: 'pause' });
  for (let seq = 1; seq <= 3; seq += 1) core.send(fromOwner('Organization/o', seq));
  expect(core.change(update({ name: 'x' })).outcome).toMatchObject({ status: 'refused', code: 'STATEFUL_INBOX_FULL' });
  core.send(fromOwner('Organization/o', 4, patchOf('Source', 's1', 900, { set: { name: 'later' } })));
  expect(core.health.held).toBe(3);
  core.send({ kind: 'resume' });
  expect(core.cycle('ack')).toEqual([
    { kind: 'ack', to: 'Organization/o', direction: 'down', epoch: 0, seq: 0, resync: true },
  ]);
});

test('a pause ends by a cancellation too, and who waited is answered', () => {
  const core = actor();
  core.send({ kind: 'pause' });
  act(core, 'rename', { name: 'x' }, 'a');
  expect(core.send({ kind: 'shutdown', how: 'cancel' }).effects).toMatchObject([
    { kind: 'reply', id: 'a', outcome: { status: 'refused', code: 'STATEFUL_CLOSED' } },
    { kind: 'close', how: 'cancel' },
  ]);
});

test('counters say exactly what happened', () => {
  const core = Driver.top(sourceWorkflow, SOURCE);
  const send = (body: unknown) => core.send(body as MessageBody);
  send({ kind: 'change', id: 'a', changes: [update({ name: 'x' }), update({ note: 'y' })] });
  send({ kind: 'change', id: 'a', changes: [update({ name: 'x' })] });
  send({ kind: 'change', changes: [update({ nmae: 'x' })] });
  send({ kind: 'nonsense' });
  send(fromOwner('o', 1, patchOf('Source', 's1', 900, { set: { name: 'z' } }), patchOf('Sauce', 'x', 900, {})));
  send(fromOwner('o', 1));
  send({ kind: 'loadFailed', loader: 'none', epoch: 1, error: { code: 'X', message: 'x' } });
  send({ kind: 'cycle' });
  expect(core.health.counters).toEqual({
    messages: 8,
    patches: 5, // the start, its roll-up, two changes, one delivery
    refused: 1,
    aside: 2,
    duplicates: 2,
    stale: 1,
    loads: 0,
    loadFailures: 0,
    loadsDropped: 0,
    childrenStarted: 0,
    childrenEnded: 0,
    deliveries: 0,
  });
});

test('the state is never written to: each step leaves the one before as it was', () => {
  const core = Driver.top(sourceWorkflow, { ...SOURCE, datasets: [dataset('d1')] });
  const before = core.state;
  const picture = JSON.stringify(before);
  core.settle();
  core.change(update({ name: 'x', tags: ['a'] }), { op: 'delete', type: 'Dataset', id: 'd1' });
  core.cycle();
  expect(JSON.stringify(before)).toBe(picture);
  expect(core.state.store.tables['Team']).toBe(before.store.tables['Team']);
});

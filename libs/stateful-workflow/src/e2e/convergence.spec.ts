import fc from 'fast-check';
import { entityState, healthOf, rootView, startInput, type MessageBody } from '../core.js';
import { entityWorkflow, type Change, type EntityWorkflow } from '../index.js';
import { isField } from '../definitions/entity.js';
import { shapeOf } from '../state/patch.js';
import { plain } from '../state/view.js';
import { catalog, datasetWorkflow, organizationWorkflow, sourceWorkflow, teamWorkflow } from './catalog.js';
import { Network } from './network.js';

/** Time between two messages of clients, which a disturbed network may take to come to rest. */
const PAUSE_MS = 1_000_000_000;

interface Order {
  readonly to: string;
  readonly change: Change;
}

/** What a test does to the network between two messages of clients. */
interface Disturbance {
  readonly what: 'deliver' | 'duplicate' | 'cycle' | 'continue' | 'drop' | 'pause';
  readonly where: number;
}

const datasetId = fc.constantFrom('d1', 'd2', 'd3', 'd/4');
const sourceId = fc.constantFrom('s1', 's2');
const columnId = fc.constantFrom('c1', 'c2', 'c3');
const teamId = fc.constantFrom('t1', 't2');
const word = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const workflowOf = (type: string, id: string): string => `${type}/${encodeURIComponent(id)}`;

const datasetChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      set: fc.record(
        {
          name: word,
          rows: fc.nat(9),
          health: fc.constantFrom('healthy', 'failing'),
          active: fc.constantFrom(true, true, false),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      unset: fc.constantFrom(['rows'], ['health']),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ id: datasetId, name: word, active: fc.constantFrom(true, true, false) })
      .map((entity): Change => ({ op: 'put', type: 'Dataset', entity })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('relate' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      relation: fc.constant('columns'),
      add: fc.subarray(['c1', 'c2', 'c3']),
      remove: fc.subarray(['c1', 'c2', 'c3']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ id: columnId, name: word }).map((entity): Change => ({ op: 'put', type: 'Column', entity })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('delete' as const), type: fc.constant('Column'), id: columnId }),
  },
);

const sourceChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: sourceId,
      set: fc.record(
        {
          name: word,
          note: word,
          prefs: fc.record({ theme: word, size: fc.nat(5) }, { requiredKeys: [] }),
          tags: fc.array(word, { maxLength: 3 }),
          labels: fc.dictionary(word, word, { maxKeys: 2 }),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: sourceId,
      unset: fc.constantFrom(['note'], ['tags'], ['labels.a'], ['team']),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('relate' as const),
      type: fc.constant('Source'),
      id: sourceId,
      relation: fc.constant('datasets'),
      add: fc.subarray(['d1', 'd2', 'd3', 'd/4']),
      remove: fc.subarray(['d1', 'd2', 'd3', 'd/4']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('delete' as const), type: fc.constant('Dataset'), id: datasetId }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: sourceId,
      set: teamId.map((team) => ({ team })),
    }),
  },
);

const teamChange: fc.Arbitrary<Change> = fc.record({
  op: fc.constant('update' as const),
  type: fc.constant('Team'),
  id: teamId,
  set: fc.record({ name: word, size: fc.nat(9) }, { requiredKeys: [] }),
});

const order: fc.Arbitrary<Order> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      to: fc.oneof(
        fc.constant('Organization/o'),
        sourceId.map((id) => workflowOf('Source', id)),
        datasetId.map((id) => workflowOf('Dataset', id)),
      ),
      change: datasetChange,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      to: fc.oneof(
        fc.constant('Organization/o'),
        sourceId.map((id) => workflowOf('Source', id)),
      ),
      change: sourceChange,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      to: fc.oneof(
        fc.constant('Organization/o'),
        teamId.map((id) => workflowOf('Team', id)),
        sourceId.map((id) => workflowOf('Source', id)),
      ),
      change: teamChange,
    }),
  },
);

const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  what: fc.constantFrom('deliver', 'deliver', 'deliver', 'duplicate', 'cycle', 'cycle', 'continue', 'drop', 'pause'),
  where: fc.nat(1000),
});

function begin(definitions: readonly EntityWorkflow[]): Network {
  const network = new Network(definitions);
  const source = (id: string, datasets: object[]) => ({
    id,
    name: id,
    prefs: {},
    labels: {},
    team: { id: 't1', name: 'Team' },
    datasets,
  });
  const entity = {
    id: 'o',
    name: 'Org',
    sources: [
      source('s1', [{ id: 'd1', name: 'D1', active: true }]),
      source('s2', [{ id: 'd2', name: 'D2', active: true }]),
    ],
  };
  network.start(startInput(organizationWorkflow, { entity: entity as never }, { at: 0 }));
  const watcher = definitions.find(({ type }) => type === 'Watcher');
  if (watcher) network.start(startInput(watcher, { entity: { id: 'w' } }, { at: 0 }));
  network.send('Organization/o', {
    kind: 'change',
    changes: [{ op: 'put', type: 'Team', entity: { id: 't2', name: 'Other' } }],
  });
  network.send('Organization/o', {
    kind: 'subscribe',
    subscriber: 'Watcher/w',
    subscription: 'datasets',
    selector: ['Dataset', 'Source.name'],
  });
  network.settle();
  return network;
}

const message = ({ change }: Order, index: number): MessageBody => ({
  kind: 'change',
  id: `m${index}`,
  changes: [change],
});

/** Each message is taken and comes to rest before the next one. @returns which were taken */
function calm(network: Network, orders: readonly Order[]): boolean[] {
  return orders.map((order, index) => {
    network.now = (index + 1) * PAUSE_MS;
    const outcome = network.send(order.to, message(order, index));
    network.settle();
    return outcome?.status === 'done';
  });
}

/** The same messages, while the network is disturbed in between. What a client is refused because news is late, it sends again. */
function disturbed(
  network: Network,
  orders: readonly Order[],
  taken: readonly boolean[],
  disturbances: readonly Disturbance[],
  mayDrop: boolean,
): void {
  let next = 0;
  const share = Math.ceil(disturbances.length / Math.max(orders.length, 1));
  const paused = new Set<string>();
  orders.forEach((order, index) => {
    if (!taken[index]) return;
    network.now = (index + 1) * PAUSE_MS;
    const outcome = network.send(order.to, message(order, index));
    if (outcome === undefined || outcome.status === 'refused') {
      for (const workflow of paused) network.send(workflow, { kind: 'resume' });
      paused.clear();
      network.settle();
      network.now = (index + 1) * PAUSE_MS + PAUSE_MS / 2;
      network.send(order.to, message(order, index));
    }
    if (index % 3 === 0) network.send(order.to, message(order, index));
    for (const { what, where } of disturbances.slice(next, (next += share)))
      disturb(network, what, where, paused, mayDrop);
  });
  for (const workflow of paused) network.send(workflow, { kind: 'resume' });
  network.settle();
}

function disturb(
  network: Network,
  what: Disturbance['what'],
  where: number,
  paused: Set<string>,
  mayDrop: boolean,
): void {
  const workflows = [...network.nodes.keys()];
  const workflow = workflows[where % workflows.length] ?? '';
  const packets = network.packets.length;
  if (what === 'cycle') network.cycle(workflow);
  else if (what === 'continue') network.continueAsNew(workflow);
  else if (what === 'pause') {
    if (paused.delete(workflow)) network.send(workflow, { kind: 'resume' });
    else {
      paused.add(workflow);
      network.send(workflow, { kind: 'pause' });
    }
  } else if (packets === 0) return;
  else if (what === 'deliver') network.deliver(where % packets);
  else {
    const links = network.packets.flatMap(({ body }, index) => (body.kind === 'link' ? [index] : []));
    const link = links[where % Math.max(links.length, 1)];
    if (link === undefined) return;
    if (what === 'duplicate') network.deliver(link, true);
    else if (mayDrop) network.drop(link);
  }
}

/** What can be reached from each root, and what the subscriber knows of it. */
function picture(network: Network): Record<string, unknown> {
  const roots = [...network.nodes].map(([workflow, { definition, state }]): [string, unknown] => [
    workflow,
    plain(rootView(definition, state)),
  ]);
  const organization = network.state('Organization/o');
  const watched = ['d1', 'd2', 'd3', 'd/4'].map((id) => {
    const watcher = network.nodes.get('Watcher/w');
    return [
      id,
      entityState(organizationWorkflow, organization, 'Dataset', id)?.['name'],
      watcher && entityState(watcher.definition, watcher.state, 'Dataset', id)?.['name'],
    ];
  });
  return { ...Object.fromEntries(roots), watched };
}

function danglingIds(network: Network): string[] {
  return [...network.nodes].flatMap(([workflow, { definition, state }]) =>
    Object.keys(definition.model.entities).flatMap((type) =>
      [...(state.store.tables[type]?.keys() ?? [])].flatMap((id) => {
        const entity = entityState(definition, state, type, id) ?? {};
        const shape = shapeOf(definition.model, type);
        return Object.entries(shape ?? {}).flatMap(([name, part]) => {
          if (isField(part)) return [];
          const ids = [entity[name] ?? []].flat() as string[];
          return ids
            .filter((related) => !entityState(definition, state, part.target, related))
            .map((related) => `${workflow}: ${type}/${id}.${name} -> ${related}`);
        });
      }),
    ),
  );
}

function definitionsFor(confirm: 'transport' | 'receiver'): EntityWorkflow[] {
  const limits = { batch: 2, window: 2, inbox: 3, fanout: 3 };
  const all: EntityWorkflow[] = [
    organizationWorkflow,
    sourceWorkflow,
    datasetWorkflow,
    teamWorkflow,
    entityWorkflow(catalog, 'Watcher'),
  ];
  return all.map((definition) => ({ ...definition, confirm, limits: { ...definition.limits, ...limits } }));
}

describe.each(['transport', 'receiver'] as const)('confirmed by %s', (confirm) => {
  test('parent, children and subscribers come to the state of the calm sequence, whatever the network does', () => {
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 25 }),
        fc.array(disturbance, { maxLength: 250 }),
        (orders, disturbances) => {
          const quiet = begin(definitionsFor(confirm));
          const taken = calm(quiet, orders);
          const rough = begin(definitionsFor(confirm));
          disturbed(rough, orders, taken, disturbances, confirm === 'receiver');
          expect(picture(rough)).toEqual(picture(quiet));
          expect(danglingIds(rough)).toEqual([]);
          for (const { state } of rough.nodes.values())
            expect(healthOf(state)).toMatchObject({ deadLetters: [], linksBehind: 0, held: 0 });
        },
      ),
      { numRuns: Number(process.env['STATEFUL_RUNS'] ?? 150) },
    );
  });
});

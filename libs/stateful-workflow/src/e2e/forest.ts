import { entityState, healthOf, rootView, startInput, type MessageBody } from '../core.js';
import { isField } from '../definitions/entity.js';
import { entityWorkflow, type EntityWorkflow } from '../index.js';
import { shapeOf } from '../state/patch.js';
import { plain } from '../state/view.js';
import { catalog, datasetWorkflow, organizationWorkflow, sourceWorkflow, teamWorkflow } from './catalog.js';
import { Network } from './network.js';
import { PAUSE_MS, type Disturbance, type Order } from './orders.js';

export function begin(definitions: readonly EntityWorkflow[]): Network {
  const network = new Network(definitions, ({ loader, epoch }) => ({ kind: 'loaded', loader, epoch, changes: [] }));
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

/** The message of an order: with an id, so that it may be sent twice, and with a version that grows. */
function message({ body }: Order, index: number): MessageBody {
  if (body.kind === 'change') return { ...body, id: `m${index}` };
  if (body.kind !== 'credential' || body.credential.kind !== 'reference') return body;
  return { ...body, credential: { ...body.credential, minVersion: index } };
}

/** Each message is taken and comes to rest before the next one. @returns which were taken */
export function calm(network: Network, orders: readonly Order[]): boolean[] {
  return orders.map((order, index) => {
    network.now = (index + 1) * PAUSE_MS;
    const outcome = network.send(order.to, message(order, index));
    network.settle();
    return outcome?.status === 'done';
  });
}

/**
 * The same messages, while the network is disturbed in between. What a client is refused because news is late, it sends
 * again. @returns whether all were taken in the end
 */
export function disturbed(
  network: Network,
  orders: readonly Order[],
  taken: readonly boolean[],
  disturbances: readonly Disturbance[],
  mayDrop: boolean,
): boolean {
  let next = 0;
  let isTaken = true;
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
      isTaken &&= network.send(order.to, message(order, index))?.status === 'done';
    }
    // A client that heard no answer sends its change again.
    if (index % 3 === 0 && order.body.kind === 'change') network.send(order.to, message(order, index));
    for (const { what, where } of disturbances.slice(next, (next += share)))
      disturb(network, what, where, paused, mayDrop);
  });
  for (const workflow of paused) network.send(workflow, { kind: 'resume' });
  network.settle();
  // A change of what was not known yet when its turn came after a pause is refused: its client would send it later.
  return isTaken && !network.effects.some((effect) => effect.kind === 'reply' && effect.outcome.status === 'refused');
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

/**
 * What can be reached from each root, and what the subscriber knows of it. Without references: whether what they lead to
 * is known depends on what was once handed down.
 */
export function picture(network: Network): Record<string, unknown> {
  const roots = [...network.nodes].map(([workflow, { definition, state }]): [string, unknown] => {
    const root = plain(rootView(definition, state));
    return [
      workflow,
      JSON.parse(JSON.stringify(root, (name, value: unknown) => (name === 'upstream' ? undefined : value))),
    ];
  });
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

/** Which credential and URL are in force where, and with which each dataset loaded last. */
export function settings(network: Network): Record<string, { credential: unknown; apiUrl: unknown; loaded?: unknown }> {
  const settled = [...network.nodes].flatMap(
    ([workflow, { state }]): [string, { credential: unknown; apiUrl: unknown; loaded?: unknown }][] => {
      const { credential, apiUrl, owners, self } = healthOf(state);
      // Of two owners either may have come first.
      if (self.type === 'Team' || self.type === 'Watcher' || owners.length > 1) return [];
      const loads = network.effects.flatMap((effect) =>
        effect.kind === 'load' && effect.node === workflow ? [effect.credential] : [],
      );
      return [[workflow, { credential, apiUrl, ...(self.type === 'Dataset' && { loaded: loads.at(-1) }) }]];
    },
  );
  return Object.fromEntries(settled);
}

export function danglingIds(network: Network): string[] {
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

export function definitionsFor(confirm: 'transport' | 'receiver'): EntityWorkflow[] {
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

import { payloadBytes } from '@tributary/common';
import type { Child } from '../children/child.js';
import type { CoreState } from '../core-state.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import { STATEFUL_CARRY_INVALID } from '../errors.js';
import { isObject } from '../json.js';
import { linkKey, newLink, type InFlight, type Link } from '../links/link.js';
import type { Marks } from '../links/marks.js';
import type { LoadState } from '../loading/load-state.js';
import { FIRST_LOAD } from '../loading/loads.js';
import { PersistentMap } from '../state/persistent-map.js';
import { recountRollups } from '../state/rollups.js';
import { Work } from '../work.js';
import { carryStore, restoreStore, type CarriedStore } from './carried-store.js';

const FORMAT = 1;

type Entries<V> = readonly (readonly [string, V])[];
interface CarriedInFlight extends Omit<InFlight, 'entities'> {
  readonly entities: Entries<Marks>;
}
interface CarriedLink extends Omit<Link, 'pending' | 'inFlight'> {
  readonly pending: Entries<Marks>;
  readonly inFlight: readonly CarriedInFlight[];
}

/** What is carried as it is. */
const PLAIN = [
  'self',
  'status',
  'clock',
  'lastEpoch',
  'owners',
  'subscribers',
  'credential',
  'ownCredential',
  'offeredCredential',
  'apiUrl',
  'told',
  'calls',
  'remembered',
  'inbox',
  'deadLetters',
  'counters',
  'allowLiteral',
] as const;

type Plain = Pick<CoreState, (typeof PLAIN)[number]>;

/** Everything a run hands to the next one, as JSON. */
export interface Carry extends Plain {
  /** Of this form. */
  readonly format: typeof FORMAT;
  /** Of the definition's schema. */
  readonly version: number;
  readonly store: CarriedStore;
  readonly touched: readonly string[];
  /** Links to children that have nothing to tell and nothing on the way: receiver, epoch, next number. */
  readonly quiet: readonly (readonly [peer: string, epoch: number, nextSeq: number])[];
  readonly links: Entries<CarriedLink>;
  /** Incoming links: epoch, last number, numbers beyond a gap. */
  readonly received: Entries<readonly [epoch: number, last: number, ...ahead: number[]]>;
  readonly acksDue: Entries<'ack' | 'resync'>;
  readonly children: Entries<Child>;
  readonly attention: Entries<number>;
  readonly loads: Readonly<Record<string, LoadState>>;
  /** Absent in states that were carried before outcomes were kept. */
  readonly outcomes?: CoreState['outcomes'];
}

/** What the next run goes on from. Cost: the size of the state. */
export function carry(definition: EntityWorkflow, state: CoreState): Carry {
  return {
    format: FORMAT,
    version: definition.version,
    ...plainOf(state),
    store: carryStore(state.store),
    touched: [...state.touched.keys()],
    quiet: [...state.links.values()].filter(isQuiet).map(({ peer, epoch, nextSeq }) => [peer, epoch, nextSeq]),
    links: [...state.links.entries()].flatMap(([key, link]) => (isQuiet(link) ? [] : [[key, carryLink(link)]])),
    received: [...state.received.entries()].map(([key, { epoch, last, ahead }]) => [key, [epoch, last, ...ahead]]),
    acksDue: [...state.acksDue.entries()],
    children: [...state.children.entries()],
    attention: [...state.attention.entries()],
    loads: state.loads,
    outcomes: state.outcomes,
  };
}

/** Bytes that a carried state takes as a payload. Cost: the size of the state. */
export function carryBytes(definition: EntityWorkflow, state: CoreState): number {
  return payloadBytes(carry(definition, state));
}

/**
 * The state that a run left, brought up to this release's schema. What was on its way when the run ended is taken for
 * lost and done again: loads, calls, starts of children, deliveries. All of these bear being done twice.
 * @throws CodedError STATEFUL_CARRY_INVALID when the state is of a version that this release does not know
 */
export function restore(definition: EntityWorkflow, carried: Carry): CoreState {
  checkVersion(definition, carried);
  const migrations = Object.entries(definition.migrations)
    .filter(([version]) => Number(version) > carried.version && Number(version) <= definition.version)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, migration]) => migration);
  const quiet = carried.quiet.map(([peer, epoch, nextSeq]) => {
    return [linkKey('down', peer), { ...newLink('down', peer, epoch, { open: true }), nextSeq }] as const;
  });
  const links = PersistentMap.of([...quiet, ...carried.links.map(([key, link]) => [key, restoreLink(link)] as const)]);
  const children = PersistentMap.of(carried.children.map(([workflow, child]) => [workflow, again(child)] as const));
  const attention = [
    ...carried.attention,
    ...carried.children.flatMap(([workflow, child]) => (child.status === 'starting' ? [[workflow, 0] as const] : [])),
  ];
  const state: CoreState = {
    ...plainOf(carried),
    outcomes: carried.outcomes ?? [],
    calls: carried.calls.map((call) => ({ ...call, called: false })),
    store: restoreStore(definition.model, carried.store, migrations),
    touched: PersistentMap.of(carried.touched.map((key) => [key, true] as const)),
    links,
    unsent: keysOf(links, (link) => link.pending.size > 0 || link.inherit),
    awaiting: keysOf(links, (link) => link.inFlight.length > 0),
    received: PersistentMap.of(
      carried.received.map(([key, [epoch, last, ...ahead]]) => [key, { epoch, last, ahead }] as const),
    ),
    acksDue: PersistentMap.of(carried.acksDue),
    children,
    attention: PersistentMap.of(attention),
    loads: Object.fromEntries(Object.keys(definition.loaders).map((name) => [name, idle(carried.loads[name])])),
    rollups: {},
  };
  const work = new Work(definition, state, { at: carried.clock.time, random: 0 });
  recountRollups(work);
  return work.finish();
}

function plainOf(state: Plain): Plain {
  return Object.fromEntries(PLAIN.map((name) => [name, state[name]])) as Plain;
}

function checkVersion(definition: EntityWorkflow, carried: unknown): void {
  const { format, version, self } = isObject(carried) ? carried : {};
  const type = isObject(self) ? self['type'] : undefined;
  const isReadable =
    format === FORMAT &&
    typeof version === 'number' &&
    version >= 1 &&
    version <= definition.version &&
    type === definition.type;
  if (isReadable) return;
  throw STATEFUL_CARRY_INVALID({
    entity: `a ${definition.type}`,
    received: `${String(format)}.${String(version)}`,
    allowed: `${FORMAT}.1 to ${FORMAT}.${definition.version}`,
  });
}

function isQuiet({ direction, open, pending, inherit, inFlight, failures }: Link): boolean {
  return direction === 'down' && open && pending.size === 0 && !inherit && inFlight.length === 0 && failures === 0;
}

function carryLink({ pending, inFlight, ...link }: Link): CarriedLink {
  return {
    ...link,
    pending: [...pending.entries()],
    inFlight: inFlight.map(({ entities, ...item }) => ({ ...item, entities: [...entities.entries()] })),
  };
}

/** Whether a delivery arrived is not known any more, so it is sent again. */
function restoreLink({ pending, inFlight, ...link }: CarriedLink): Link {
  return {
    ...link,
    pending: PersistentMap.of(pending),
    inFlight: inFlight.map(({ entities, ...item }) => ({ ...item, entities: PersistentMap.of(entities), dueAt: 0 })),
  };
}

/** A start that may not have happened is ordered again. */
function again(child: Child): Child {
  return child.status === 'starting' ? { ...child, status: 'waiting', since: 0 } : child;
}

function idle(load: LoadState | undefined): LoadState {
  const { running: _, ...rest } = load ?? FIRST_LOAD;
  return rest;
}

function keysOf(links: PersistentMap<Link>, has: (link: Link) => boolean): PersistentMap<true> {
  return PersistentMap.of([...links.entries()].filter(([, link]) => has(link)).map(([key]) => [key, true] as const));
}

import type { Child, ChildStatus } from './children/child.js';
import type { Counters, DeadLetter } from './control/dead-letters.js';
import type { CoreState, Self, Status } from './core-state.js';
import { apiUrlOf } from './credentials/inheritance.js';
import type { EntityWorkflow } from './definitions/workflow.js';
import type { LoadState } from './loading/load-state.js';
import { shapeOf } from './state/patch.js';
import { isAlive } from './state/record.js';
import { relatedIds, recordAt } from './state/store.js';
import { fieldsOf, plain, relatedId, viewerOf } from './state/view.js';
import { isField } from './definitions/entity.js';
import type { Json } from './json.js';

/** What is in force of a credential; never the credential itself. */
export type CredentialSummary =
  | { readonly kind: 'none' }
  | { readonly kind: 'reference'; readonly ref: string; readonly minVersion: number }
  | { readonly kind: 'literal'; readonly version: number };

/** How a workflow is doing. */
export interface Health {
  readonly self: Self;
  readonly status: Status;
  readonly owners: readonly string[];
  readonly credential: CredentialSummary;
  readonly apiUrl?: string;
  readonly loads: Readonly<Record<string, LoadState>>;
  readonly children: Readonly<Record<ChildStatus, number>>;
  /** Links that have something to tell or something on the way. */
  readonly linksBehind: number;
  readonly subscribers: number;
  /** Messages that wait until the entity is resumed. */
  readonly held: number;
  readonly counters: Counters;
  readonly deadLetters: readonly DeadLetter[];
}

export function healthOf(state: CoreState): Health {
  const apiUrl = apiUrlOf(state);
  const children: Record<ChildStatus, number> = { starting: 0, running: 0, waiting: 0, ended: 0 };
  for (const { status } of state.children.values()) children[status] += 1;
  return {
    self: state.self,
    status: state.status,
    owners: state.owners.map(({ workflow }) => workflow),
    credential: credentialSummary(state),
    ...(apiUrl !== undefined && { apiUrl }),
    loads: state.loads,
    children,
    linksBehind: new Set([...state.unsent.keys(), ...state.awaiting.keys()]).size,
    subscribers: state.subscribers.length,
    held: state.inbox.length,
    counters: state.counters,
    deadLetters: state.deadLetters,
  };
}

/** The children, in order of workflow id; at most `limit`, after `after`. */
export function childrenOf(
  state: CoreState,
  { after = '', limit = 1000 }: { readonly after?: string; readonly limit?: number } = {},
): readonly ({ readonly workflow: string } & Child)[] {
  const workflows = [...state.children.keys()].filter((workflow) => workflow > after).sort();
  return workflows.slice(0, limit).flatMap((workflow) => {
    const child = state.children.get(workflow);
    return child ? [{ workflow, ...child }] : [];
  });
}

/** An entity as it is kept: fields, and relations as ids. Undefined when it is not known. */
export function entityState(
  definition: EntityWorkflow,
  state: CoreState,
  type: string,
  id: string,
): Readonly<Record<string, Json>> | undefined {
  const shape = shapeOf(definition.model, type);
  const record = recordAt(state.store, type, id);
  if (!shape || !isAlive(record)) return undefined;
  const entity = fieldsOf(shape, id, record);
  for (const [name, part] of Object.entries(shape)) {
    if (isField(part)) continue;
    const related =
      part.relation === 'many'
        ? relatedIds(state.store, record, name, part.target)
        : relatedId(state.store, record, name, part.target);
    if (related !== undefined) entity[name] = related;
  }
  return entity;
}

/** All that is known, normalized: by type and id, in order. Cost: the size of the state. */
export function normalizedState(
  definition: EntityWorkflow,
  state: CoreState,
): Readonly<Record<string, Readonly<Record<string, Json>>>> {
  return Object.fromEntries(
    Object.keys(definition.model.entities).map((type) => {
      const ids = [...(state.store.tables[type]?.keys() ?? [])].sort();
      return [
        type,
        Object.fromEntries(
          ids.flatMap((id) => {
            const entity = entityState(definition, state, type, id);
            return entity ? [[id, entity]] : [];
          }),
        ),
      ];
    }),
  );
}

/** The root with its relations to follow, read-only. */
export function rootView(definition: EntityWorkflow, state: CoreState): object | undefined {
  return viewerOf(definition.model, state.store).entity(state.self.type, state.self.id);
}

/** The result of a view of the definition, as JSON holds it; undefined when there is no view of that name. */
export function runView(definition: EntityWorkflow, state: CoreState, name: string): unknown {
  const view = Object.hasOwn(definition.views, name) ? definition.views[name] : undefined;
  const root = rootView(definition, state);
  return view && root ? plain(view(root)) : undefined;
}

/** When the shell has to send `cycle` at the latest, if nothing comes before; milliseconds since 1970. */
export function nextDue(state: CoreState): number | undefined {
  if (state.status !== 'running') return undefined;
  const times: number[] = [...state.attention.values()];
  for (const load of Object.values(state.loads)) {
    if (load.nextAt !== undefined) times.push(load.nextAt);
    if (!load.running && load.requestedEpoch > load.loadedEpoch) times.push(load.notBefore);
  }
  for (const key of state.awaiting.keys()) {
    const link = state.links.get(key);
    for (const { dueAt } of link?.open ? link.inFlight : []) if (dueAt !== undefined) times.push(dueAt);
  }
  return times.length === 0 ? undefined : times.reduce((least, time) => Math.min(least, time));
}

/** Whether a `cycle` would find something to do now. */
export function hasWork(definition: EntityWorkflow, state: CoreState, at: number): boolean {
  if (state.acksDue.size > 0) return true;
  if (
    state.status === 'running' &&
    (state.touched.size > 0 || state.calls.some(({ called }) => !called) || (nextDue(state) ?? Infinity) <= at)
  )
    return true;
  return [...state.unsent.keys()].some((key) => {
    const link = state.links.get(key);
    return link !== undefined && link.open && link.inFlight.length < definition.limits.window;
  });
}

function credentialSummary({ credential }: CoreState): CredentialSummary {
  const value = credential?.value;
  if (!value) return { kind: 'none' };
  return value.kind === 'reference' ? value : { kind: 'literal', version: value.version };
}

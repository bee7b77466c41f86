import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import { workflowName } from '../children/workflow-id.js';
import { startInput } from '../create.js';
import type { NewEntity, Entities, FieldsOf } from '../definitions/entity.js';
import type { ActionInput, ActionResult, EntityWorkflow, ViewResult } from '../definitions/workflow.js';
import type { Selector } from '../definitions/parts.js';
import type { Json } from '../json.js';
import type { Patch } from '../state/patch.js';
import type { CredentialInput } from '../workflow/contract.js';
import type { ChildEntry, EntityHealth, EntityProgress } from '../workflow/queries.js';
import type { StatePage, StatePlace } from '../workflow/state-page.js';
import { toCredential } from '../workflow/parse-input.js';
import { followChanges, type FollowOptions } from './changes.js';
import { asCodedError } from './refusal.js';
import { whileStarting } from './while-starting.js';

export interface EntityClientOptions {
  /** Queue of the worker that runs the tree. */
  readonly taskQueue: string;
  /** Stands before all workflow ids of a tree: `prod/`. @default none */
  readonly prefix?: string;
  /** Whether payloads are encrypted, so that literal credentials may be sent. @default false */
  readonly encrypted?: boolean;
}

export interface StartOptions<E extends Entities, N extends string> {
  readonly entity: NewEntity<E, N>;
  readonly apiToken?: CredentialInput;
  readonly apiUrl?: string;
}

/** The normalized state: entities by type and id. Relations are ids. */
export type NormalizedState<E extends Entities> = {
  readonly [N in keyof E]?: Readonly<Record<string, FieldsOf<E[N]['shape']> & Readonly<Record<string, Json>>>>;
};

type ActionCalls<W> = W extends { readonly actions: infer A }
  ? { readonly [K in keyof A & string]: (input: ActionInput<W, K>, options?: { readonly id?: string }) => Promise<ActionResult<W, K>> }
  : never;
type ViewCalls<W> = W extends { readonly viewResults?: infer V }
  ? { readonly [K in keyof V & string]: () => Promise<ViewResult<W, K>> }
  : never;

/** One entity, by its id, whether it runs already or not. */
export interface EntityRef<E extends Entities, N extends string, A, V> {
  readonly workflowId: string;
  /** Starts the entity, unless it runs already. @returns whether it was started */
  start(options: StartOptions<E, N>): Promise<boolean>;
  /** What the definition lists. Each call is checked before it is accepted, and answers when it has taken effect. */
  readonly actions: ActionCalls<EntityWorkflow<E, N, A, V>>;
  readonly views: ViewCalls<EntityWorkflow<E, N, A, V>>;
  state(): Promise<NormalizedState<E>>;
  progress(): Promise<EntityProgress>;
  health(): Promise<EntityHealth>;
  children(): AsyncIterable<ChildEntry>;
  /** Stops every effect; answers when it has. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Loads again: with one loader, or with all. */
  load(loader?: string): Promise<void>;
  readonly apiToken: { /** Gives the entity, and all below it that inherit, another credential. */ rotate(credential: CredentialInput): Promise<void> };
  readonly apiUrl: { set(url: string): Promise<void>; /** Takes over that of the owner again. */ inherit(): Promise<void> };
  subscribe(subscriber: string, selector: Selector, subscription?: string): Promise<void>;
  unsubscribe(subscriber: string, subscription?: string): Promise<void>;
  /** Changes as they come, without an end. What was missed is replaced by the whole state. */
  changes(options?: FollowOptions): AsyncIterable<EntityChange<E>>;
  /** Ends the entity and, as declared, its children. */
  cancel(): Promise<void>;
  /** Temporal's own handle. */
  readonly handle: WorkflowHandle;
}

/** One change, or, at the beginning and after a gap, the state from which to go on. */
export type EntityChange<E extends Entities> = { readonly at: number } & (
  | { readonly kind: 'state'; readonly state: NormalizedState<E> }
  | { readonly kind: 'patch'; readonly patch: Patch }
);

export interface EntityClient<E extends Entities, N extends string, A, V> {
  ref(id: string): EntityRef<E, N, A, V>;
}

/** A client of the entities of a definition, typed by it. */
export function entityClient<E extends Entities, N extends string, A, V>(
  client: Client,
  definition: EntityWorkflow<E, N, A, V>,
  options: EntityClientOptions,
): EntityClient<E, N, A, V> {
  return { ref: (id) => refOf(client, definition, id, options) };
}

function refOf<E extends Entities, N extends string, A, V>(
  client: Client,
  definition: EntityWorkflow<E, N, A, V>,
  id: string,
  { taskQueue, prefix = '', encrypted = false }: EntityClientOptions,
): EntityRef<E, N, A, V> {
  const workflowId = `${prefix}${workflowName(definition.type, id)}`;
  const handle = client.workflow.getHandle(workflowId);
  const update = async (name: string, input: unknown, updateId?: string): Promise<never> => {
    try {
      return (await handle.executeUpdate<unknown, [unknown]>(name, { args: [input], ...(updateId !== undefined && { updateId }) })) as never;
    } catch (error) {
      throw asCodedError(error);
    }
  };
  const query = <R>(name: string, ...args: unknown[]): Promise<R> => whileStarting(() => handle.query<R, unknown[]>(name, ...args));
  const state = async (): Promise<NormalizedState<E>> => (await wholeState(query)).state as NormalizedState<E>;
  return {
    workflowId,
    handle,
    async start({ entity, apiToken, apiUrl }) {
      const credential = apiToken === undefined ? undefined : toCredential(apiToken, undefined);
      const input = startInput(
        definition,
        { entity, prefix, ...(credential && { credential }), ...(apiUrl !== undefined && { apiUrl }) },
        { at: Date.now() },
        { allowLiteral: encrypted },
      );
      try {
        const before = await client.workflow.start(definition.name, { workflowId, taskQueue, args: [input], workflowIdConflictPolicy: 'FAIL' });
        return before.firstExecutionRunId !== '';
      } catch (error) {
        if (error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError') return false;
        throw error;
      }
    },
    actions: byName((name) => (input: unknown, call?: { readonly id?: string }) => update(name, input, call?.id), definition.actions as object),
    views: byName((name) => () => query(name), definition.views),
    state,
    progress: () => query('progress'),
    health: () => query('health'),
    children: () => allChildren(query),
    pause: () => update('pause', null),
    resume: () => update('resume', null),
    load: (loader) => update('load', loader ?? null),
    apiToken: { rotate: (credential) => update('apiToken', toCredential(credential, undefined)) },
    apiUrl: { set: (url) => update('apiUrl', url), inherit: () => update('apiUrl', null) },
    subscribe: (subscriber, selector, subscription = 'default') => update('subscribe', { subscriber, subscription, selector }),
    unsubscribe: (subscriber, subscription = 'default') => update('unsubscribe', { subscriber, subscription }),
    changes: (follow) => followChanges(query, () => wholeState(query), follow) as AsyncIterable<EntityChange<E>>,
    async cancel() {
      try {
        await handle.cancel();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}

export type Query = <R>(name: string, ...args: unknown[]) => Promise<R>;

/** All pages of the state; read again from the beginning when it changed in between. */
async function wholeState(query: Query): Promise<{ at: number; state: Record<string, Record<string, unknown>> }> {
  for (let attempt = 0; ; attempt += 1) {
    const state: Record<string, Record<string, unknown>> = {};
    let first: number | undefined;
    let after: StatePlace | undefined;
    for (;;) {
      const page: StatePage = await query<StatePage>('state', { ...(after && { after }) });
      first ??= page.at;
      // Under steady change no two pages ever belong together; what is read then is as of several moments.
      if (page.at !== first && attempt < 5) break;
      for (const [type, entities] of Object.entries(page.entities)) Object.assign((state[type] ??= {}), entities);
      if (!page.next) return { at: first, state };
      after = page.next;
    }
  }
}

async function* allChildren(query: Query): AsyncGenerator<ChildEntry> {
  for (let after: string | undefined; ; ) {
    const page: readonly ChildEntry[] = await query<readonly ChildEntry[]>('children', { limit: 500, ...(after !== undefined && { after }) });
    yield* page;
    after = page.at(-1)?.workflow;
    if (page.length < 500 || after === undefined) return;
  }
}

function byName<T>(make: (name: string) => unknown, names: object): T {
  return Object.fromEntries(Object.keys(names).map((name) => [name, make(name)])) as T;
}

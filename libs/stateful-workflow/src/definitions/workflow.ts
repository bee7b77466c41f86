import { isSecretRef, type SecretRef } from '@tributary/common';
import type { Json } from '../json.js';
import {
  invalid,
  isField,
  type Draft,
  type Entities,
  type EntityShape,
  type FieldsOf,
  type Model,
  type View,
} from './entity.js';
import type { ValueOf } from './fields.js';
import type { Action, Loader, Ownership, Rollup } from './parts.js';

/** Bounds of one workflow. */
export interface Limits {
  /** Messages held while paused. */
  readonly inbox: number;
  /** Messages that could not be used, the latest of which are kept. */
  readonly deadLetters: number;
  /** Deliveries of one cycle above which one activity makes them, instead of a signal each. */
  readonly fanout: number;
  /** Entities in one delivery, which is also bounded by the size of a payload. */
  readonly batch: number;
  /** Deliveries on the way to one receiver; what changes meanwhile is put together. */
  readonly window: number;
  /** Children started or ended in one cycle. */
  readonly starts: number;
  /** Deletions that are remembered, so that what comes late does not bring back what was deleted. */
  readonly deletions: number;
  /** Ids of messages that are remembered, so that one which comes twice counts once. */
  readonly remembered: number;
  /** Subscribers. */
  readonly subscribers: number;
}

export const DEFAULT_LIMITS: Limits = {
  inbox: 1000,
  deadLetters: 50,
  fanout: 50,
  batch: 200,
  window: 4,
  starts: 100,
  deletions: 2000,
  remembered: 1000,
  subscribers: 1000,
};

/** An entity as a migration gets it: its values by path and its relations. */
export interface CarriedValues {
  readonly id: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** Turns the values of one entity of the version before into those of this one; undefined drops the entity. */
export type Migration = Readonly<Record<string, (entity: CarriedValues) => Readonly<Record<string, Json>> | undefined>>;

type RelationNames<S, K extends 'one' | 'many'> = {
  [P in keyof S]: S[P] extends { readonly relation: K } ? P : never;
}[keyof S];
type TargetOf<R> = R extends { readonly target: infer T extends string } ? T : never;
type ShapeOf<E extends Entities, N extends string> = N extends keyof E ? E[N]['shape'] : never;

export type Actions<E extends Entities, N extends string> = Readonly<Record<string, Action<Draft<E, N>>>>;
/** By name of a view, what it makes of the root. `R`: the results by name. */
export type Views<E extends Entities, N extends string, R> = { readonly [K in keyof R]: (root: View<E, N>) => R[K] };

/** What a workflow of an entity is made of. */
export interface WorkflowOptions<E extends Entities, N extends string, A, V> {
  /** Workflow type. @default `<Type>Workflow` */
  readonly name?: string;
  /** Version of the state's schema. @default 1 */
  readonly version?: number;
  /** By version: what turns a state of the version before into that one, by entity type. */
  readonly migrations?: Readonly<Record<number, Migration>>;
  /** Relations whose entities have workflows of their own. A relation that is not listed starts nothing. */
  readonly owns?: {
    readonly [R in RelationNames<ShapeOf<E, N>, 'many' | 'one'>]?: Ownership<View<E, TargetOf<ShapeOf<E, N>[R]>>>;
  };
  readonly loaders?: Readonly<Record<string, Loader>>;
  readonly actions?: A;
  readonly views?: Views<E, N, V>;
  /** Fields of the root that are summed up from a relation, by name of the field. */
  readonly rollups?: { readonly [F in keyof FieldsOf<ShapeOf<E, N>>]?: Rollup<never> };
  readonly events?: Readonly<Record<string, { readonly field: keyof FieldsOf<ShapeOf<E, N>> & string }>>;
  /** `inherit`: that of the owner. A reference: its own, whatever the owner has. @default 'inherit' */
  readonly credential?: 'inherit' | SecretRef;
  /** Its own base URL; without one it takes its owner's. */
  readonly apiUrl?: string;
  /**
   * What counts as delivered: the transport took it (Temporal keeps a signal until it is handled), or the receiver said
   * so, which costs a message more. @default 'transport'
   */
  readonly confirm?: 'transport' | 'receiver';
  readonly limits?: Partial<Limits>;
}

/** The definition of the workflow of an entity, with all defaults filled in. */
export interface EntityWorkflow<
  E extends Entities = Entities,
  N extends string = string,
  A = ErasedActions,
  V = unknown,
> {
  readonly name: string;
  readonly model: Model<E>;
  readonly type: N;
  readonly version: number;
  readonly migrations: Readonly<Record<number, Migration>>;
  readonly owns: Readonly<Record<string, Ownership>>;
  readonly loaders: Readonly<Record<string, Loader>>;
  readonly actions: A;
  readonly views: ErasedViews;
  /** Carries the types of the views' results through inference; never set. */
  readonly viewResults?: V;
  readonly rollups: Readonly<Record<string, Rollup>>;
  readonly events: Readonly<Record<string, { readonly field: string }>>;
  readonly credential: 'inherit' | SecretRef;
  readonly apiUrl?: string;
  readonly confirm: 'transport' | 'receiver';
  readonly limits: Limits;
}

/** Definitions as the core runs them: which types belong to which name was checked when they were written. */
export type ErasedActions = Readonly<Record<string, Action>>;
export type ErasedViews = Readonly<Record<string, (root: unknown) => unknown>>;

/** Input of an action of a definition. */
export type ActionInput<W, K extends string> = W extends { readonly actions: infer A }
  ? K extends keyof A
    ? A[K] extends { readonly input: infer F }
      ? ValueOf<F>
      : never
    : never
  : never;
/** Result of an action of a definition. */
export type ActionResult<W, K extends string> = W extends { readonly actions: infer A }
  ? K extends keyof A
    ? A[K] extends { reduce(...args: never): infer R }
      ? R
      : never
    : never
  : never;
/** Result of a view of a definition. */
export type ViewResult<W, K extends string> = W extends { readonly viewResults?: infer V }
  ? K extends keyof V
    ? V[K]
    : never
  : never;

/**
 * Defines the workflow of an entity type of a model. Nothing can be asked of it or done to it that is not listed here.
 * @throws CodedError STATEFUL_DEFINITION_INVALID
 */
export function entityWorkflow<
  E extends Entities,
  const N extends keyof E & string,
  A extends Actions<E, N> = Record<never, never>,
  V = Record<never, never>,
>(model: Model<E>, type: N, options: WorkflowOptions<E, N, A, V> = {}): EntityWorkflow<E, N, A, V> {
  const shape = model.entities[type]?.shape;
  if (!shape) throw invalid(`Type "${type}"`, Object.keys(model.entities).join(', '));
  const {
    owns = {},
    rollups = {},
    events = {},
    version = 1,
    migrations = {},
    credential = 'inherit',
    apiUrl,
  } = options;
  checkRelations(type, shape, Object.keys(owns), 'owns');
  for (const [field, part] of Object.entries(rollups)) {
    checkFields(type, shape, [field], 'rollups');
    checkRelations(type, shape, [(part as Rollup).relation], 'rollups', 'many');
  }
  checkFields(
    type,
    shape,
    Object.values(events).map((event) => event.field),
    'events',
  );
  if (credential !== 'inherit' && !isSecretRef(credential))
    throw invalid(`Credential of ${type}`, "'inherit', secret://<store>/<name>[#key]");
  for (let step = 2; step <= version; step += 1) {
    if (!migrations[step])
      throw invalid(`Version ${version} of ${type}`, `migrations for each version from 2, ${step} is missing`);
  }
  return {
    name: options.name ?? `${type}Workflow`,
    model,
    type,
    version,
    migrations,
    owns: owns,
    loaders: options.loaders ?? {},
    actions: options.actions ?? ({} as A),
    views: (options.views ?? {}) as ErasedViews,
    rollups: rollups,
    events,
    credential,
    ...(apiUrl !== undefined && { apiUrl }),
    confirm: options.confirm ?? 'transport',
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  };
}

function checkRelations(
  type: string,
  shape: EntityShape,
  names: readonly string[],
  where: string,
  kind?: 'many',
): void {
  for (const name of names) {
    const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (part === undefined || isField(part) || (kind && part.relation !== kind))
      throw invalid(`Relation "${name}" in ${where} of ${type}`, 'a relation of the entity');
  }
}

function checkFields(type: string, shape: EntityShape, names: readonly string[], where: string): void {
  for (const name of names) {
    const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (part === undefined || !isField(part) || part.kind === 'key')
      throw invalid(`Field "${name}" in ${where} of ${type}`, 'a field of the entity');
  }
}

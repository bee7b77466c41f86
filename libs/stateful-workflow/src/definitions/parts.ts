import type { SecretRef } from '@tributary/common';
import type { Json } from '../json.js';
import { milliseconds, type Duration } from './duration.js';
import type { Field, Shape, Values } from './fields.js';

/** What happens to a child: it is cancelled, left alone for good, or told to complete. */
export type Ending = 'cancel' | 'abandon' | 'complete';

/** When a child that has ended by itself is started again. */
export type Restart = 'never' | 'onFailure' | 'always';

/**
 * Which changes travel over a link. Patterns `<Type>`, `<Type>.<field>`, `*`; a field of a nested object is named by its
 * first part. Types and fields that no pattern names stay behind.
 */
export type Selector = readonly string[];

export interface OwnOptions<T> {
  /** Whether the entity should have a workflow. Read from the entity alone; asked again whenever the entity changes. @default always */
  when?(entity: T): boolean;
  /** What happens to the child when the entity leaves the relation, is deleted, or `when` says no. @default 'cancel' */
  onOrphan?: Ending;
  /** What happens to the child when this workflow ends. @default 'cancel' */
  onClose?: Ending;
  /** @default 'onFailure' */
  restart?: Restart;
  /** Whether other workflows may own the same entity: the second start attaches, and the entity ends with its last owner. @default false */
  shared?: boolean;
  /** What the child tells this workflow. @default everything */
  up?: Selector;
}

/** A relation whose entities have workflows of their own. */
export interface Ownership<T = unknown> extends OwnOptions<T> {
  /** Workflow type of the children. */
  readonly workflow: string;
  readonly onOrphan: Ending;
  readonly onClose: Ending;
  readonly restart: Restart;
  readonly shared: boolean;
}

/** Declares that each entity of a relation has a workflow of its own. `child`: its definition, or its workflow type. */
export function own<T = never>(child: string | { readonly name: string }, options: OwnOptions<T> = {}): Ownership<T> {
  const workflow = typeof child === 'string' ? child : child.name;
  return { onOrphan: 'cancel', onClose: 'cancel', restart: 'onFailure', shared: false, ...options, workflow };
}

/** Where a load or a workflow takes its credential from. */
export type CredentialSource = 'inherit' | 'none' | SecretRef;

export interface LoaderOptions {
  /** `inherit`: that of the workflow. `none`: no credential. A reference: its own, which no rotation of the workflow changes. @default 'inherit' */
  credential?: CredentialSource;
  /** How often it loads again. @default only at start, on demand, and when the credential changes */
  every?: Duration;
  /** Share of `every` by which each load is moved, at random, so that a tree does not load at once. 0 to 1. @default 0.1 */
  jitter?: number;
  /** What a failed load does: the state stays as it is, the error shows, and the load is tried again later. @default 'degrade' */
  onError?: 'degrade';
  /** What a refused credential does: wait for a rotation, or be tried again as any error. @default 'awaitRotation' */
  onAuthError?: 'awaitRotation' | 'degrade';
  /** Wait after the first failure; doubles with each one that follows. @default '5s' */
  backoff?: Duration;
  /** Longest wait between tries. @default '15m' */
  maxBackoff?: Duration;
  /** What the activity gets beside the credential and the URL. */
  input?: Json;
}

/** A source of data: an activity that is run, and when. */
export interface Loader {
  /** Name of the activity. */
  readonly activity: string;
  readonly credential: CredentialSource;
  readonly everyMs?: number;
  readonly jitter: number;
  readonly onError: 'degrade';
  readonly onAuthError: 'awaitRotation' | 'degrade';
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  readonly input?: Json;
}

/** Declares a loader. `activity`: name of the activity that loads. */
export function loader(activity: string, options: LoaderOptions = {}): Loader {
  const {
    credential = 'inherit',
    every,
    jitter = 0.1,
    onError = 'degrade',
    onAuthError = 'awaitRotation',
    backoff = '5s',
    maxBackoff = '15m',
    input,
  } = options;
  return {
    activity,
    credential,
    ...(every !== undefined && { everyMs: milliseconds(every) }),
    jitter: Math.min(Math.max(jitter, 0), 1),
    onError,
    onAuthError,
    backoffMs: milliseconds(backoff),
    maxBackoffMs: milliseconds(maxBackoff),
    ...(input !== undefined && { input }),
  };
}

/** What an action knows beside state and input. */
export interface ActionContext {
  /** Milliseconds since 1970, the same on each replay. */
  readonly at: number;
  /** From 0 up to 1, the same on each replay. */
  readonly random: number;
  /** What the activity gave that was called for this action; undefined without `call`. */
  readonly result: Json | undefined;
  /** Asks for a load after this commit. */
  reload(loader: string): void;
}

export interface ActionOptions {
  /** Whether a call of this action waits until the one before has ended. Matters with `call`: a reducer alone never overlaps. @default false */
  serial?: boolean;
  /** Name of an activity that is called with the input first; its result is in the context. */
  call?: string;
}

/** A change that clients may ask for: an input that is checked, and a function that writes to a draft. */
export interface Action<D = unknown, I = unknown, R = unknown> {
  readonly input: Field<I>;
  readonly serial: boolean;
  readonly call?: string;
  reduce(draft: D, input: I, context: ActionContext): R;
}

/** Declares an action. `input`: the shape of its input. What `reduce` throws refuses the action, and nothing of it stays. */
export function action<S extends Shape, D, R extends Json | void>(
  input: S,
  options: ActionOptions,
  reduce: (draft: D, input: Values<S>, context: ActionContext) => R,
): Action<D, Values<S>, R> {
  const field: Field<Values<S>> & { shape: S } = { kind: 'object', shape: input };
  return {
    input: field,
    serial: options.serial ?? false,
    ...(options.call !== undefined && { call: options.call }),
    reduce,
  };
}

/** A field of the root that sums up its related entities: each counts for one value, and the counts give the field's. */
export interface Rollup<T = unknown> {
  readonly relation: string;
  /** The value that an entity counts for; undefined for none. Read from the entity alone. */
  of(entity: T): string | undefined;
  into(counts: Readonly<Record<string, number>>): Json | undefined;
}

/** Declares a roll-up over a relation of the root. Its cost follows the entities that change, not those that there are. */
export function rollup<T>(
  relation: string,
  of: (entity: T) => string | undefined,
  into: (counts: Readonly<Record<string, number>>) => Json | undefined,
): Rollup<T> {
  return { relation, of, into };
}

/** Declares an event that is raised when a field of the root differs at the end of a cycle from what it was before. */
export function changed<const F extends string>(field: F): { readonly field: F } {
  return { field };
}

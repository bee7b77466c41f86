import type { SecretRef } from '@tributary/common';
import type { LoadCredential, StartInput } from '../effects.js';
import type { Json } from '../json.js';
import type { AckMessage, Credential, Inheritance, LinkMessage, LoadError, Outcome, Target } from '../messages.js';
import type { Selector } from '../definitions/parts.js';
import type { Change } from '../state/changes.js';
import type { Patch } from '../state/patch.js';
import type { Carry } from '../carry/carry.js';

/** Signals of every entity workflow. Clients send all but `message`, by which entities talk to each other. */
export const SIGNALS = ['apiToken', 'apiUrl', 'pause', 'resume', 'load', 'subscribe', 'unsubscribe', 'message'] as const;
/** Signal that lets an entity go on in a new run, which is one of the current version of its worker's deployment. */
export const UPGRADE_SIGNAL = 'upgrade';
/** Updates of every entity workflow, beside the actions of its definition. They answer when they have taken effect. */
export const UPDATES = ['apiToken', 'apiUrl', 'pause', 'resume', 'load', 'subscribe', 'unsubscribe'] as const;
/** Queries of every entity workflow, beside the views of its definition. */
export const QUERIES = ['state', 'progress', 'children', 'health', 'changes'] as const;

/** Search attributes of entity workflows, by name: their types. A server has to know them before a worker sets them. */
export const SEARCH_ATTRIBUTES = {
  EntityType: 'Keyword',
  EntityId: 'Keyword',
  EntityOwner: 'Keyword',
  EntityStatus: 'Keyword',
  EntityVersion: 'Int',
} as const;

/** What only the worker knows, and a workflow has to go by. Recorded in the history, so that a replay goes by the same. */
export interface WorkerFacts {
  /** Whether payloads are encrypted, so that a literal credential may be kept. */
  readonly encrypted: boolean;
  /** Whether the server knows the search attributes. */
  readonly searchAttributes: boolean;
}

/** A credential as people write it: a reference, a reference in a minimum version, or, with encrypted payloads only, the text itself. */
export type CredentialInput = string | { readonly ref: SecretRef; readonly minVersion?: number } | Credential;

/** How the top of a tree is started by hand: `{"entity": {"id": "acme", "name": "Acme"}, "apiToken": "secret://local/api#token"}`. */
export interface HandStart {
  readonly entity: { readonly id: string } & Readonly<Record<string, unknown>>;
  readonly apiToken?: CredentialInput;
  readonly apiUrl?: string;
}

/** The start of a run that goes on from another one. A state that is too large for one payload comes packed, in parts. */
export interface ContinuedStart {
  readonly continued: { readonly carry: Carry } | { readonly parts: number };
  readonly shell: CarriedShell;
}

/** What the shell itself hands to the next run. */
export interface CarriedShell {
  /** Changes counted so far. */
  readonly changes: number;
  readonly problems: readonly Problem[];
}

export type EntityStart = HandStart | StartInput | ContinuedStart;

/** Something that went wrong outside of the entity's state: no message to answer, and nothing that can be tried again. */
export interface Problem {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

/** What one entity tells another. */
export type EntityMessage = LinkMessage | AckMessage | AttachMessage | ReleaseMessage | EndedMessage;

export interface AttachMessage {
  readonly kind: 'attach';
  readonly owner: string;
  readonly epoch: number;
  readonly patches: readonly Patch[];
  readonly inherit?: Inheritance;
  readonly up?: Selector;
}

export interface ReleaseMessage {
  readonly kind: 'release';
  readonly owner: string;
  readonly epoch: number;
  readonly how: 'cancel' | 'complete' | 'abandon';
}

/** A child tells its owner that it has ended. */
export interface EndedMessage {
  readonly kind: 'ended';
  readonly from: string;
  readonly epoch: number;
  readonly outcome: Outcome;
}

/** What an activity that loads is given. */
export interface LoadRequest {
  readonly loader: string;
  readonly epoch: number;
  readonly workflow: string;
  readonly root: { readonly type: string; readonly id: string };
  readonly credential: LoadCredential;
  readonly apiUrl?: string;
  readonly etag?: string;
  readonly input?: Json;
}

/** What an activity that loads answers. Failures that the entity has to live with are answers, not exceptions. */
export type LoadOutcome =
  | { readonly status: 'loaded'; readonly changes: readonly Change[]; readonly revision?: number; readonly etag?: string }
  | { readonly status: 'unchanged' }
  | { readonly status: 'failed'; readonly error: LoadError };

/** How an outcome travels: one that is too large for a payload as it is goes packed. */
export type SentOutcome = LoadOutcome | { readonly status: 'packed'; readonly outcome: string };

/** What an activity that an action calls is given. */
export interface CallRequest {
  /** Unique for each call of an action, and the same when it is tried again. */
  readonly id: string;
  readonly action: string;
  readonly workflow: string;
  readonly root: { readonly type: string; readonly id: string };
  readonly credential: LoadCredential;
  readonly apiUrl?: string;
  readonly input: Json;
}

/** Children to start in one activity. */
export interface StartRequest {
  readonly children: readonly StartOrder[];
}

export interface StartOrder {
  readonly child: string;
  readonly workflowType: string;
  readonly epoch: number;
  readonly shared: boolean;
  readonly input: StartInput;
}

/** Places in the request of those that were there already, and of those that could not be started. */
export interface StartReport {
  readonly attached: readonly number[];
  readonly failed: readonly (readonly [place: number, error: string])[];
}

/** One content for any number of receivers. */
export interface DeliverRequest {
  readonly body: Omit<LinkMessage, 'epoch' | 'seq'>;
  readonly targets: readonly Target[];
}

/** Places in the request of the receivers that were not reached, and of those that there are no more. */
export interface DeliverReport {
  readonly failed: readonly number[];
  readonly gone: readonly number[];
}

export interface CheckRequest {
  /** Workflow ids. */
  readonly workflows: readonly string[];
}

/** Places in the request of those that do not run any more, with how they ended. */
export interface CheckReport {
  readonly ended: readonly (readonly [place: number, outcome: Outcome])[];
}

/** A run that is to end as Canceled. */
export interface CancelRequest {
  readonly workflowId: string;
  readonly runId: string;
}

/** A change of a field that the definition declares as an event. */
export interface PublishRequest {
  readonly event: string;
  /** The same when it is published again. */
  readonly id: string;
  readonly workflow: string;
  readonly root: { readonly type: string; readonly id: string };
  readonly before: Json | null;
  readonly after: Json | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What makes the sender of a start another owner of an entity that runs already. */
export function attachMessage({ owner, patches, inherit, up }: StartInput): AttachMessage {
  const { workflow = '', epoch = 0 } = owner ?? {};
  return { kind: 'attach', owner: workflow, epoch, patches, ...(inherit && { inherit }), ...(up && { up }) };
}

import type { Ending, Selector } from './definitions/parts.js';
import type { Json } from './json.js';
import type { Credential, Direction, Inheritance, LinkMessage, Target } from './messages.js';
import type { Patch } from './state/patch.js';

/** What a workflow gets to begin with. */
export interface StartInput {
  readonly type: string;
  readonly id: string;
  /** Workflow id. */
  readonly workflow: string;
  /** 0 for the top of a tree. */
  readonly level: number;
  /** Workflow id of the owner, and which of its starts this is. */
  readonly owner?: { readonly workflow: string; readonly epoch: number };
  /** What the owner wants to be told. @default everything */
  readonly up?: Selector;
  readonly patches: readonly Patch[];
  readonly inherit?: Inheritance;
  /** Its own base URL, before any that is inherited. */
  readonly apiUrl?: string;
}

/** One content for any number of receivers. The message of each is the body with its numbers. */
export interface Delivery {
  readonly body: Omit<LinkMessage, 'epoch' | 'seq'>;
  readonly targets: readonly Target[];
}

/** The credential that a load is to use. */
export type LoadCredential = Credential | { readonly kind: 'none' };

/** What the shell is to do. */
export type Effect =
  /** With `shared`, and whenever the workflow is there already, the child is also to be sent an `attach`. */
  | {
      readonly kind: 'startChild';
      readonly child: string;
      readonly workflowType: string;
      readonly epoch: number;
      readonly shared: boolean;
      readonly input: StartInput;
    }
  /** The child is to be sent a `release`. */
  | { readonly kind: 'endChild'; readonly child: string; readonly epoch: number; readonly how: Ending }
  /** To be answered by `sent`. */
  | { readonly kind: 'send'; readonly via: 'signal' | 'activity'; readonly deliveries: readonly Delivery[] }
  | {
      readonly kind: 'ack';
      readonly to: string;
      readonly direction: Direction;
      readonly epoch: number;
      readonly seq: number;
      readonly resync?: true;
    }
  | {
      readonly kind: 'load';
      readonly loader: string;
      readonly activity: string;
      readonly epoch: number;
      readonly root: { readonly type: string; readonly id: string };
      readonly credential: LoadCredential;
      readonly apiUrl?: string;
      readonly etag?: string;
      readonly input?: Json;
    }
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly action: string;
      readonly activity: string;
      readonly input: Json;
    }
  | { readonly kind: 'reply'; readonly id: string; readonly outcome: StepOutcome }
  | {
      readonly kind: 'publish';
      readonly event: string;
      readonly id: string;
      readonly before: Json | null;
      readonly after: Json | null;
      readonly at: number;
    }
  | { readonly kind: 'close'; readonly how: 'cancel' | 'complete' };

/** What became of a message. `pending`: the outcome follows as a `reply`. */
export type StepOutcome =
  | { readonly status: 'done'; readonly result?: Json }
  | { readonly status: 'pending' }
  | { readonly status: 'duplicate' }
  | { readonly status: 'refused'; readonly code: string; readonly message: string; readonly fix: string }
  /** Put aside: counted, and kept among the dead letters. */
  | { readonly status: 'aside'; readonly code: string; readonly message: string };

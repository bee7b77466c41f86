import type { Selector } from './definitions/parts.js';
import type { Counters, DeadLetter } from './control/dead-letters.js';
import type { Child } from './children/child.js';
import type { Credential, HeldMessage, Inheritance, Written } from './messages.js';
import type { Link, Received } from './links/link.js';
import type { LoadState } from './loading/load-state.js';
import type { PendingCall } from './control/calls.js';
import type { KeptOutcome } from './control/outcomes.js';
import type { RollupState } from './state/rollup.js';
import type { Json } from './json.js';
import type { PersistentMap } from './state/persistent-map.js';
import type { Clock } from './state/stamp.js';
import type { Store } from './state/store.js';

/** Who a workflow is. */
export interface Self {
  readonly type: string;
  readonly id: string;
  readonly workflow: string;
  readonly level: number;
}

/** A workflow that owns this one. */
export interface Owner {
  readonly workflow: string;
  /** Which of its starts it came with; a release of an earlier one does not count. */
  readonly epoch: number;
  /** What it is told. @default everything */
  readonly up?: Selector;
  /** What it passes on. */
  readonly inherit?: Inheritance;
}

/** `closing`: it has told its children to end and waits for nothing else. */
export type Status = 'running' | 'paused' | 'closing';

/** Everything a workflow knows. Immutable; each step gives the next one. */
export interface CoreState {
  readonly self: Self;
  readonly status: Status;
  readonly clock: Clock;
  readonly store: Store;
  /** Entities that changed since the last cycle. */
  readonly touched: PersistentMap<true>;
  /** Outgoing links, by `<direction>:<workflow id>` (and the subscription's name). */
  readonly links: PersistentMap<Link>;
  /** Links that have something to send. */
  readonly unsent: PersistentMap<true>;
  /** Links with deliveries on the way that may have to be repeated. */
  readonly awaiting: PersistentMap<true>;
  /** Incoming links, by `<direction>:<workflow id>`. */
  readonly received: PersistentMap<Received>;
  /** Incoming links whose senders wait for an acknowledgement, or are to send everything again. */
  readonly acksDue: PersistentMap<'ack' | 'resync'>;
  /** The latest epoch given to a link or a child; each is later than the one before. */
  readonly lastEpoch: number;
  /** In the order in which they came. The first one's credential and URL are inherited. */
  readonly owners: readonly Owner[];
  /** Workflow ids of the subscribers, in the order in which they came. */
  readonly subscribers: readonly string[];
  /** By workflow id. */
  readonly children: PersistentMap<Child>;
  /** Children to look at in the next cycle, by workflow id: from when on. */
  readonly attention: PersistentMap<number>;
  readonly loads: Readonly<Record<string, LoadState>>;
  /** The credential in force. */
  readonly credential: Written<Credential> | undefined;
  /** The one that was set here. */
  readonly ownCredential: Written<Credential> | undefined;
  /** The one that children take over. */
  readonly offeredCredential: Written<Credential | null> | undefined;
  /** Its own base URL, its owner's, and the one that children take over. */
  readonly apiUrl: {
    readonly own: string | undefined;
    readonly inherited: Written<string | null> | undefined;
    readonly offered: Written<string | null> | undefined;
  };
  readonly rollups: Readonly<Record<string, RollupState>>;
  /** By event, the value that was last told. */
  readonly told: Readonly<Record<string, Json | null>>;
  readonly calls: readonly PendingCall[];
  /** Ids of the latest messages that were taken. */
  readonly remembered: readonly string[];
  /** Of the latest actions, for who asks again. */
  readonly outcomes: readonly KeptOutcome[];
  /** Messages held while paused. */
  readonly inbox: readonly HeldMessage[];
  readonly deadLetters: readonly DeadLetter[];
  readonly counters: Counters;
  /** Whether a literal credential may be kept: only when payloads are encrypted. */
  readonly allowLiteral: boolean;
}

import type { Selector } from '../definitions/parts.js';
import type { Direction } from '../messages.js';
import { PersistentMap } from '../state/persistent-map.js';
import type { Marks } from './marks.js';

/** A delivery that was sent and may have to be sent again. It holds what it told about, not the values: those are read afresh. */
export interface InFlight {
  readonly seq: number;
  readonly entities: PersistentMap<Marks>;
  readonly inherit: boolean;
  /** When to send it again; absent while the transport has it. */
  readonly dueAt?: number;
}

/** An outgoing link: what its receiver has not been told yet, and what is on the way. */
export interface Link {
  readonly direction: Direction;
  /** Workflow id of the receiver. */
  readonly peer: string;
  readonly epoch: number;
  readonly nextSeq: number;
  /** Whether the receiver is there. */
  readonly open: boolean;
  /** What changed since the last delivery, by entity. However often a value changes, it is here once. */
  readonly pending: PersistentMap<Marks>;
  /** Whether credential and URL are to be told. */
  readonly inherit: boolean;
  readonly inFlight: readonly InFlight[];
  readonly failures: number;
  /** What travels; absent: everything. */
  readonly selector?: Selector;
  /** Of a subscriber: its subscriptions by name. */
  readonly subscriptions?: Readonly<Record<string, Selector>>;
}

/** What has come in over a link. */
export interface Received {
  readonly epoch: number;
  /** All deliveries up to this one have come. */
  readonly last: number;
  /** Deliveries beyond a gap. */
  readonly ahead: readonly number[];
}

export type LinkKey = string;

export function linkKey(direction: Direction, peer: string): LinkKey {
  return `${direction}:${peer}`;
}

/** The link that leads back to where a message came from: what came in over it need not be told there. */
export function replyLink(direction: Direction, from: string): LinkKey {
  return direction === 'down' ? linkKey('up', from) : direction === 'up' ? linkKey('down', from) : `source:${from}`;
}

export function newLink(
  direction: Direction,
  peer: string,
  epoch: number,
  options: { open: boolean; selector?: Selector },
): Link {
  return {
    direction,
    peer,
    epoch,
    nextSeq: 1,
    open: options.open,
    pending: PersistentMap.empty(),
    inherit: false,
    inFlight: [],
    failures: 0,
    ...(options.selector && { selector: options.selector }),
  };
}

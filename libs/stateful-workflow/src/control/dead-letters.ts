/** How often what happened. */
export interface Counters {
  /** Messages of all kinds that arrived. */
  readonly messages: number;
  /** Patches that took effect. */
  readonly patches: number;
  /** Changes and actions that were refused. */
  readonly refused: number;
  /** Messages, or parts of them, that were put aside because they could not be used. */
  readonly aside: number;
  /** Messages that had come before. */
  readonly duplicates: number;
  /** Messages about what is over: an earlier epoch, an earlier load. */
  readonly stale: number;
  readonly loads: number;
  readonly loadFailures: number;
  /** Results of loads that were older than what had been merged. */
  readonly loadsDropped: number;
  readonly childrenStarted: number;
  readonly childrenEnded: number;
  /** Deliveries sent, repeats included. */
  readonly deliveries: number;
}

export const NO_COUNTERS: Counters = {
  messages: 0,
  patches: 0,
  refused: 0,
  aside: 0,
  duplicates: 0,
  stale: 0,
  loads: 0,
  loadFailures: 0,
  loadsDropped: 0,
  childrenStarted: 0,
  childrenEnded: 0,
  deliveries: 0,
};

/** Something that could not be used. Of its content only what is wrong with it is kept: the rest might hold a credential. */
export interface DeadLetter {
  readonly at: number;
  /** Kind of the message, or the part of the definition that failed. */
  readonly kind: string;
  readonly from?: string;
  readonly code: string;
  readonly problem: string;
}

/** How far a flow is. Units are what the source is walked by: a listing, a bug, a proposal. */
export interface FlowProgress {
  /** `planning`, then the source's stages in order, then `reporting`; at last `done`, `failed` or `cancelled`. */
  readonly phase: string;
  /** Units finished in this phase. */
  readonly done: number;
  /** Units known in this phase. */
  readonly total: number;
  /** Units per second in this phase. */
  readonly rate: number;
  /** Wall time of each finished phase, in milliseconds of workflow time. */
  readonly phaseMillis: Readonly<Record<string, number>>;
  /** Events of the run so far, by what the load did with them. */
  readonly events: EventCounts;
}

/** What the load did: every event is counted once, as exactly one of them. */
export interface EventCounts {
  readonly inserted: number;
  /** Rows that were there with other values. */
  readonly updated: number;
  readonly unchanged: number;
}

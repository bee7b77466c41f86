import type { Outcome } from '../messages.js';

/**
 * `starting`: the start was ordered. `waiting`: it failed or ended and is started again later. `ended`: it ended by
 * itself and stays so. One that was released is forgotten: it may live on with other owners.
 */
export type ChildStatus = 'starting' | 'running' | 'waiting' | 'ended';

/** What a workflow knows of the workflow of an entity that it owns. */
export interface Child {
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  readonly status: ChildStatus;
  /** Which start this is; messages about an earlier one are ignored. */
  readonly epoch: number;
  /** When the status came, in milliseconds since 1970. */
  readonly since: number;
  /** Starts and runs that failed in a row. */
  readonly failures: number;
  /** Whether it was there before, owned by another workflow. */
  readonly attached: boolean;
  readonly outcome?: Outcome;
  readonly error?: string;
}

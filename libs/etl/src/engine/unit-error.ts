import { isCodedError, type Recovery } from '@tributary/common';
import type { Outcome } from '@tributary/workflow-contracts/etl';

/** Longest wait that an error of the source can ask for, in milliseconds. */
const LONGEST_WAIT = 15 * 60_000;

/** What follows from an error that a source has thrown while it read a unit. */
export interface UnitVerdict {
  readonly recovery: Recovery;
  /** It ends the whole run, not only the unit. */
  readonly endsRun: boolean;
  readonly outcome: Exclude<Outcome, 'done'>;
  /** Milliseconds that the source asks to be left alone. */
  readonly retryAfterMs: number;
}

/** An error out of no registry is retried: it may be the network's. */
export function verdictOf(error: unknown): UnitVerdict {
  if (!isCodedError(error)) return { recovery: 'retry', endsRun: false, outcome: 'failed', retryAfterMs: 0 };
  const { recovery, parameters, definition } = error;
  const { outcome, retryAfterMs } = parameters;
  return {
    recovery,
    endsRun: recovery === 'fatal' && definition.status === 401,
    outcome: recovery === 'skip' && (outcome === 'private' || outcome === 'gone') ? outcome : 'failed',
    retryAfterMs: typeof retryAfterMs === 'number' ? Math.min(retryAfterMs, LONGEST_WAIT) : 0,
  };
}

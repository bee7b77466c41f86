import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import { TerminatedFailure, CancelledFailure } from '@temporalio/common';
import type { Outcome } from '../messages.js';

/** What made an activity or a child fail. */
export function causeOf(error: unknown): unknown {
  return (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause ? error.cause : error;
}

/** Whether a signal or a cancellation failed because there is no such workflow. */
export function isGone(error: unknown): boolean {
  return error instanceof ApplicationFailure ? error.type === 'ExternalWorkflowExecutionNotFound' || /not found/i.test(error.message) : error instanceof Error && /not found/i.test(error.message);
}

/** How a child ended whose result was waited for in vain. */
export function outcomeOf(error: unknown): Outcome {
  const cause = causeOf(error);
  if (cause instanceof CancelledFailure) return 'cancelled';
  return cause instanceof TerminatedFailure ? 'terminated' : 'failed';
}

/** Waits for what is of no use any more when the workflow that it was meant for is gone. */
export async function unlessGone(told: Promise<void>): Promise<void> {
  try {
    await told;
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** An entity refused what it was asked for. */
export class EntityRefusal extends Error {
  override readonly name = 'EntityRefusal';

  constructor(
    /** Code of the error: STATEFUL_MESSAGE_INVALID, STATEFUL_ACTION_FAILED, STATEFUL_CLOSED, ... */
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A refusal as an error with its code; anything else as it is. */
export function asCodedError(error: unknown): unknown {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type ? new EntityRefusal(cause.type, cause.message, { cause: error }) : error;
}

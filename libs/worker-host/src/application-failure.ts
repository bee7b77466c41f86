import { ApplicationFailure } from '@temporalio/common';
import { errorDetails, type CodedError } from '@tributary/common';

/**
 * A coded error as Temporal carries it: its code as type, retried unless fatal, after `retryAfterMs` where that is one
 * of its parameters. The message ends with what to do, for whoever reads a history.
 */
export function toApplicationFailure(error: CodedError, cause?: Error): ApplicationFailure {
  const retryAfterMs = error.parameters['retryAfterMs'];
  const failure = ApplicationFailure.create({
    message: `${error.message} ${error.fix}`,
    type: error.code,
    nonRetryable: error.recovery === 'fatal',
    details: [errorDetails(error)],
    ...(cause ? { cause } : {}),
    ...(typeof retryAfterMs === 'number' ? { nextRetryDelay: retryAfterMs } : {}),
  });
  if (error.stack !== undefined) failure.stack = error.stack;
  return failure;
}

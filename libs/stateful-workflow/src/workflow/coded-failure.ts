import { ApplicationFailure } from '@temporalio/workflow';
import { errorDetails, type CodedError } from '@tributary/common';

/** A coded error as Temporal carries it. */
export function codedFailure(error: CodedError): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.code,
    message: `${error.message} ${error.fix}`,
    nonRetryable: error.recovery === 'fatal',
    details: [errorDetails(error)],
  });
}

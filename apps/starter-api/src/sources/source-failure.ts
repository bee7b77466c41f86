import { CodedError } from '@tributary/common';
import type { SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import { SOURCE_CHECK_FAILED } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import { failureProblem } from '../runs/failure-problem.js';

/** What is said of the source, its secret or the filters; all else is about us. */
const ABOUT_THE_SOURCE = /^(SQL|SECRET|INPUT)_(?!STORE_UNAVAILABLE)/;

/**
 * What a failed question answers. That a source refuses, is not there or takes too long is no fault of this API: it is
 * told with the source's own code, as a request that cannot be done (422).
 */
export function sourceFailure(failure: unknown): Error {
  const { code, detail, fix, status } = failureProblem(failure);
  return coded(code, detail, fix, ABOUT_THE_SOURCE.test(code) ? 422 : status, failure);
}

/** What a check that is not ok answers: the code of the first required step that failed, and all steps. */
export function checkFailure({ checks, databases, serverVersion }: SourceCheck): ApiProblem {
  const failed = checks.find(({ status, required }) => required && status === 'failed');
  const detail = failed?.detail ?? 'a required check failed';
  const { code, fix } = failed ?? {};
  const error = code === undefined ? SOURCE_CHECK_FAILED({ detail }) : coded(code, detail, fix ?? SOURCE_CHECK_FAILED.fix, 422);
  return new ApiProblem(error, { checks, databases, ...(serverVersion === undefined ? {} : { serverVersion }) });
}

function coded(code: string, message: string, fix: string, status: number, cause?: unknown): CodedError {
  return new CodedError({ code, recovery: 'fatal', status, message, fix }, {}, { cause });
}

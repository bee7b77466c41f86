import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  RetryState,
  TerminatedFailure,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import { failureProblem } from './failure-problem.js';

const inActivity = (cause: Error): ActivityFailure =>
  new ActivityFailure('Activity task failed', 'extractBatch', '1', RetryState.MAXIMUM_ATTEMPTS_REACHED, 'worker', cause);

describe('failureProblem', () => {
  it('tells the code, text and fix of a coded error anywhere in the chain', () => {
    const details = { code: 'SQL_AUTH_FAILED', status: 400, fix: 'Correct the password.', recovery: 'fatal', parameters: {} };
    const coded = ApplicationFailure.nonRetryable('The role may not sign in.', 'SQL_AUTH_FAILED', details);
    expect(failureProblem(inActivity(coded))).toMatchObject({
      code: 'SQL_AUTH_FAILED',
      status: 400,
      detail: 'The role may not sign in.',
      fix: 'Correct the password.',
    });
  });

  it.each<[string, Error, string, string]>([
    ['a time-out', inActivity(new TimeoutFailure('internal', undefined, TimeoutType.HEARTBEAT)), 'RUN_TIMED_OUT', 'HEARTBEAT'],
    ['a termination', new TerminatedFailure('internal', undefined), 'RUN_TERMINATED', 'from outside'],
    ['an error without a code', inActivity(ApplicationFailure.nonRetryable('internal', 'TypeError')), 'RUN_FAILED', 'TypeError'],
    ['a type that is no name', ApplicationFailure.nonRetryable('x', 'internal text'), 'RUN_FAILED', 'unknown'],
    ['a cancellation', inActivity(new CancelledFailure('internal')), 'RUN_FAILED', 'cancelled'],
    ['anything else', new Error('internal'), 'RUN_FAILED', 'unknown'],
  ])('of %s tells no internals', (_, failure, code, detail) => {
    const problem = failureProblem(failure);
    expect(problem).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
    expect(JSON.stringify(problem)).not.toContain('internal');
  });
});

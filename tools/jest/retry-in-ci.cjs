/* global jest */
// Real servers on a busy machine miss a bound now and then: a test that fails in CI runs once more, and both
// failures are printed. A test that is wrong fails twice.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });

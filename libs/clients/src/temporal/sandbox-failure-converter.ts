import { DefaultFailureConverter } from '@temporalio/common';

/** Set in a workflow bundle by `withEncodedFailures`. */
const flag = (globalThis as { __TRIBUTARY_ENCODE_FAILURES__?: boolean }).__TRIBUTARY_ENCODE_FAILURES__;

/**
 * The failure converter of workflow bundles made ahead. One bundle serves workers with and without encryption, so the
 * worker says when it loads the bundle whether failures are encoded.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: flag === true });

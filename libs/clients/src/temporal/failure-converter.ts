import { DefaultFailureConverter } from '@temporalio/common';

/** Puts messages and stack traces of failures into a payload, where the codec encrypts them. Runs in the workflow sandbox too. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });

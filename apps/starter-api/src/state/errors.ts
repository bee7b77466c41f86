import { defineError } from '@tributary/common';

export const API_STATE_UNAVAILABLE = defineError('API_STATE_UNAVAILABLE', {
  recovery: 'retry',
  message: 'The state store, which holds what is saved here, does not answer ({reason}).',
  fix: 'Try again. If it stays, check that the Dapr sidecar of the API runs with the state store component that TRIBUTARY_STATE_STORE names, and that DAPR_GRPC_PORT is its port. Runs can be started and read without it.',
});

export const API_STATE_BUSY = defineError('API_STATE_BUSY', {
  recovery: 'retry',
  message: 'Too many others are changing the list of saved documents at this moment.',
  fix: 'Send the request again.',
});

export const API_STATE_FULL = defineError('API_STATE_FULL', {
  recovery: 'fatal',
  status: 409,
  message: 'There are {limit} saved documents of this kind already, which is the most.',
  fix: 'Delete some that nobody uses.',
});

export const API_PRECONDITION_FAILED = defineError('API_PRECONDITION_FAILED', {
  recovery: 'fatal',
  status: 412,
  message: 'Nothing was changed: "{name}" {reason}.',
  fix: 'Read it, look at what is there now, and send the change again with its ETag in If-Match; or with If-None-Match: * to make a new one.',
});

export const API_PRECONDITION_REQUIRED = defineError('API_PRECONDITION_REQUIRED', {
  recovery: 'fatal',
  status: 428,
  message: 'Received a change without a condition. Allowed: If-Match with the ETag that was read{alternatives}.',
  fix: 'Read it first and send its ETag in If-Match, so that nobody else\'s change is overwritten unseen.',
});

export const API_PRECONDITION_INVALID = defineError('API_PRECONDITION_INVALID', {
  recovery: 'fatal',
  message: 'Received {received}. Allowed: either If-Match with * or a list of quoted ETags, or If-None-Match: *.',
  fix: 'Send one of both headers, with the ETag as it came.',
});

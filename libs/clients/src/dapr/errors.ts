import { defineError } from '@tributary/common';

export const SIDECAR_UNREACHABLE = defineError('SIDECAR_UNREACHABLE', {
  recovery: 'retry',
  message: 'The Dapr sidecar at {address} does not answer: {reason}.',
  fix: 'Check that daprd runs beside this process and that DAPR_GRPC_PORT (or DAPR_GRPC_ENDPOINT) and DAPR_HTTP_PORT are its ports.',
});

export const SIDECAR_DEADLINE_EXCEEDED = defineError('SIDECAR_DEADLINE_EXCEEDED', {
  recovery: 'retry',
  status: 504,
  message: 'The Dapr sidecar at {address} took more than {deadlineMs} ms for {call}.',
  fix: 'Check the load of the sidecar and of the component behind it; raise the deadline only when such a call may take that long.',
});

export const SIDECAR_TOKEN_REJECTED = defineError('SIDECAR_TOKEN_REJECTED', {
  recovery: 'fatal',
  status: 502,
  message: 'The Dapr sidecar at {address} refused the API token of this process.',
  fix: 'Give this process and its sidecar the same DAPR_API_TOKEN.',
});

export const SIDECAR_NOT_READY = defineError('SIDECAR_NOT_READY', {
  recovery: 'retry',
  message: 'The Dapr sidecar at {address} was not ready after {timeoutMs} ms: {reason}.',
  fix: 'Read the log of daprd: a component that fails to start keeps it from being ready. Check DAPR_HTTP_PORT.',
});

export const SECRET_NOT_FOUND = defineError('SECRET_NOT_FOUND', {
  recovery: 'fatal',
  status: 404,
  message: 'Secret store "{store}" has no value for {reference}; keys under that name: {keys}.',
  fix: 'Add the secret to the store, or correct the reference secret://<store>/<name>[#key].',
});

export const SECRET_AMBIGUOUS = defineError('SECRET_AMBIGUOUS', {
  recovery: 'fatal',
  message: 'Received {reference} without a key, but the store holds several values under that name: {keys}.',
  fix: 'Name one of them: {reference}#<key>.',
});

export const SECRET_STORE_UNKNOWN = defineError('SECRET_STORE_UNKNOWN', {
  recovery: 'fatal',
  message: 'The Dapr sidecar has no secret store "{store}", which {reference} names.',
  fix: 'Add a secret store component of that name to the sidecar, or correct the reference.',
});

export const SECRET_FORBIDDEN = defineError('SECRET_FORBIDDEN', {
  recovery: 'fatal',
  status: 403,
  message: 'The Dapr sidecar may not give {reference} to this application.',
  fix: 'Allow the secret in secrets.scopes of the Dapr configuration, or add this application to the scopes of the component.',
});

export const SECRET_STORE_UNAVAILABLE = defineError('SECRET_STORE_UNAVAILABLE', {
  recovery: 'retry',
  message: 'Secret store "{store}" failed for {reference}: {reason}.',
  fix: 'Check that the store behind the component can be reached and that its own credentials are valid.',
});

export const STATE_CONFLICT = defineError('STATE_CONFLICT', {
  recovery: 'retry',
  status: 409,
  message: 'State "{key}" was written by somebody else: expected {expected}.',
  fix: 'Read it again and repeat the change on what is there now.',
});

export const STATE_KEY_INVALID = defineError('STATE_KEY_INVALID', {
  recovery: 'fatal',
  message: 'Received the state key "{key}": {reason}. Allowed: {allowed}.',
  fix: 'Percent-encode the parts that come from names (encodeURIComponent).',
});

export const STATE_VALUE_INVALID = defineError('STATE_VALUE_INVALID', {
  recovery: 'fatal',
  message: 'The value for state "{key}" holds {received} at {path}. Allowed: JSON values, plain objects, arrays and Uint8Array.',
  fix: 'Convert it before it is stored: a Date to its ISO text, a Map to an object, a bigint to a string.',
});

export const STATE_VALUE_TOO_LARGE = defineError('STATE_VALUE_TOO_LARGE', {
  recovery: 'fatal',
  status: 413,
  message: 'The value for state "{key}" has {bytes} bytes; at most {limit} are allowed.',
  fix: 'Put the data into the object store and keep its reference in the state.',
});

export const STATE_VALUE_UNREADABLE = defineError('STATE_VALUE_UNREADABLE', {
  recovery: 'fatal',
  status: 500,
  message: 'State "{key}" in store "{store}" holds something that this application did not write: {reason}.',
  fix: 'Check that nothing else writes to that key; delete it when its content is not needed.',
});

export const STATE_STORE_UNKNOWN = defineError('STATE_STORE_UNKNOWN', {
  recovery: 'fatal',
  message: 'The Dapr sidecar has no state store "{store}".',
  fix: 'Add a state store component of that name, or set TRIBUTARY_STATE_STORE to the name of the one there is.',
});

export const STATE_STORE_UNSUPPORTED = defineError('STATE_STORE_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'State store "{store}" gave a value without an ETag, so that a write cannot be guarded.',
  fix: 'Use a state store with the ETag feature, such as state.postgresql v2 or state.redis.',
});

export const STATE_STORE_UNAVAILABLE = defineError('STATE_STORE_UNAVAILABLE', {
  recovery: 'retry',
  message: 'State store "{store}" failed for "{key}": {reason}.',
  fix: 'Check that the database behind the component can be reached.',
});

export const PUBSUB_UNKNOWN = defineError('PUBSUB_UNKNOWN', {
  recovery: 'fatal',
  message: 'The Dapr sidecar has no pub/sub component "{pubsub}".',
  fix: 'Add a pub/sub component of that name, or set TRIBUTARY_PUBSUB to the name of the one there is.',
});

export const PUBSUB_FORBIDDEN = defineError('PUBSUB_FORBIDDEN', {
  recovery: 'fatal',
  status: 403,
  message: 'This application may not publish to topic "{topic}" of pub/sub "{pubsub}".',
  fix: 'Add the topic to publishingScopes and allowedTopics of the component.',
});

export const PUBSUB_EVENT_INVALID = defineError('PUBSUB_EVENT_INVALID', {
  recovery: 'fatal',
  message: 'Received an event whose {field} is "{received}". Allowed: {allowed}.',
  fix: 'Correct the event before it is published.',
});

export const PUBSUB_EVENT_TOO_LARGE = defineError('PUBSUB_EVENT_TOO_LARGE', {
  recovery: 'fatal',
  status: 413,
  message: 'The event {id} for topic "{topic}" has {bytes} bytes; at most {limit} are allowed.',
  fix: 'Put the data into the object store and publish its reference.',
});

export const PUBSUB_UNAVAILABLE = defineError('PUBSUB_UNAVAILABLE', {
  recovery: 'retry',
  message: 'Pub/sub "{pubsub}" failed to take an event for topic "{topic}": {reason}.',
  fix: 'Check that the broker behind the component can be reached and that the topic may be created.',
});

export const BINDING_UNKNOWN = defineError('BINDING_UNKNOWN', {
  recovery: 'fatal',
  message: 'The Dapr sidecar has no output binding "{binding}".',
  fix: 'Add a binding component of that name, or correct TRIBUTARY_OBJECT_STORE_URL.',
});

export const BINDING_UNSUPPORTED = defineError('BINDING_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'Binding "{binding}" is of type {type}. Allowed as an object store: {supported}.',
  fix: 'Use a file:// object store, or a binding of a supported type.',
});

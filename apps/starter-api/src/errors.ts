import { defineError } from '@tributary/common';

export const INPUT_HOLDS_CREDENTIAL = defineError('INPUT_HOLDS_CREDENTIAL', {
  recovery: 'fatal',
  message: 'The request holds what looks like a credential at {pointer}. Allowed: references to secrets, secret://<store>/<name>[#key].',
  fix: 'Put the credential into a secret store of the worker and pass its reference, for example secret://local/warehouse#password. Nothing was started or stored.',
});

export const API_INPUT_INVALID = defineError('API_INPUT_INVALID', {
  recovery: 'fatal',
  message: 'The {part} of the request does not fit its schema, in {count} place(s): {problems}.',
  fix: 'Correct the places that "errors" lists; /openapi.json has the schema.',
});

export const API_BODY_NOT_JSON = defineError('API_BODY_NOT_JSON', {
  recovery: 'fatal',
  message: 'Received a body that is no JSON document.',
  fix: 'Send one JSON document in UTF-8, in which no key is named __proto__.',
});

export const API_REQUEST_MALFORMED = defineError('API_REQUEST_MALFORMED', {
  recovery: 'fatal',
  message: 'Received a request that is no well-formed HTTP request.',
  fix: 'Check its headers, its length and the percent-encoding of its path.',
});

export const API_BODY_TOO_DEEP = defineError('API_BODY_TOO_DEEP', {
  recovery: 'fatal',
  message: 'Received a body whose lists and objects are nested more than {limit} deep.',
  fix: 'Send the input as its schema in /openapi.json has it.',
});

export const API_BODY_TOO_LARGE = defineError('API_BODY_TOO_LARGE', {
  recovery: 'fatal',
  status: 413,
  message: 'Received a body of more than {limit} bytes.',
  fix: 'Send less: patterns with * in place of long lists.',
});

export const API_MEDIA_TYPE_UNSUPPORTED = defineError('API_MEDIA_TYPE_UNSUPPORTED', {
  recovery: 'fatal',
  status: 415,
  message: 'Received a body of another media type. Allowed: application/json.',
  fix: 'Send JSON, with the header Content-Type: application/json.',
});

export const API_ROUTE_UNKNOWN = defineError('API_ROUTE_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no such route.',
  fix: 'Look it up in /docs or /openapi.json.',
});

export const API_METHOD_NOT_ALLOWED = defineError('API_METHOD_NOT_ALLOWED', {
  recovery: 'fatal',
  status: 405,
  message: 'Received {method}. Allowed on this route: {allowed}.',
  fix: 'Use an allowed method; /docs describes each.',
});

export const API_RATE_LIMITED = defineError('API_RATE_LIMITED', {
  recovery: 'retry',
  status: 429,
  message: 'Received more than {limit} requests per minute from this address.',
  fix: 'Wait as long as the header Retry-After says. To follow a run, read its progress as a stream in place of polling.',
});

export const API_BUSY = defineError('API_BUSY', {
  recovery: 'retry',
  message: 'Already {limit} requests are being served, which is the most.',
  fix: 'Try again as the header Retry-After says, or raise TRIBUTARY_API_MAX_REQUESTS.',
});

export const API_STREAMS_EXHAUSTED = defineError('API_STREAMS_EXHAUSTED', {
  recovery: 'retry',
  message: 'Already {limit} progress streams are open, which is the most.',
  fix: 'Close streams that nobody reads, poll the status of the run instead, or raise TRIBUTARY_API_MAX_STREAMS.',
});

export const API_TIMEOUT = defineError('API_TIMEOUT', {
  recovery: 'retry',
  message: 'The request was not answered in time.',
  fix: 'Try again. A start is safe to repeat with the header Idempotency-Key.',
});

export const API_HOST_REFUSED = defineError('API_HOST_REFUSED', {
  recovery: 'fatal',
  status: 421,
  message: 'Received a request for another host. This API listens on the loopback interface. Allowed: localhost, 127.0.0.1, [::1].',
  fix: 'Use one of those names. To serve others set TRIBUTARY_API_HOST to the address to listen on.',
});

export const API_ORIGIN_REFUSED = defineError('API_ORIGIN_REFUSED', {
  recovery: 'fatal',
  status: 403,
  message: 'Received a request that changes something from a page of another site.',
  fix: 'Send it from the same origin, or from a program.',
});

export const API_PAGE_TOKEN_INVALID = defineError('API_PAGE_TOKEN_INVALID', {
  recovery: 'fatal',
  message: 'Received a page token that does not belong to this list.',
  fix: 'Pass nextPageToken as it came, with the same filters; or begin again without it.',
});

export const API_TEMPORAL_UNAVAILABLE = defineError('API_TEMPORAL_UNAVAILABLE', {
  recovery: 'retry',
  message: 'Temporal does not answer ({reason}).',
  fix: 'Try again. If it stays, check that the Temporal server runs and that TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are right.',
});

export const RUN_UNKNOWN = defineError('RUN_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no such run.',
  fix: 'List the runs with GET /v1/runs. Runs are kept as long as the retention of the Temporal namespace.',
});

export const RUN_FINISHED = defineError('RUN_FINISHED', {
  recovery: 'fatal',
  status: 409,
  message: 'The run is not running any more: it is {status}.',
  fix: 'Read its status for the outcome. One that failed can be tried again with POST …/retry.',
});

export const RUN_ALREADY_RUNNING = defineError('RUN_ALREADY_RUNNING', {
  recovery: 'fatal',
  status: 409,
  message: 'An extraction of connection {connection} is running already: {workflowId}.',
  fix: 'Wait for the one that "run" links to, or cancel it.',
});

export const IDEMPOTENCY_KEY_REUSED = defineError('IDEMPOTENCY_KEY_REUSED', {
  recovery: 'fatal',
  status: 409,
  message: 'The Idempotency-Key has started a run with another body before: {workflowId}.',
  fix: 'Use a new key for each different request, and the same key only to repeat one.',
});

export const RUN_PROGRESS_UNAVAILABLE = defineError('RUN_PROGRESS_UNAVAILABLE', {
  recovery: 'retry',
  message: 'The progress of the run is not known now: {reason}.',
  fix: 'Check that a worker of task queue {taskQueue} is running and healthy. The run goes on when one is.',
});

export const RUN_FAILED = defineError('RUN_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'The run failed with an error of type {type}.',
  fix: 'Look it up in the log of the worker and in the Temporal UI, by the id of the run.',
});

export const RUN_TIMED_OUT = defineError('RUN_TIMED_OUT', {
  recovery: 'fatal',
  status: 504,
  message: 'The run, or a part of it, took longer than it may ({timeout}).',
  fix: 'Check that workers are running and that the source answers; then start the run again.',
});

export const RUN_TERMINATED = defineError('RUN_TERMINATED', {
  recovery: 'fatal',
  status: 500,
  message: 'The run was terminated from outside.',
  fix: 'Ask whoever terminated it; the Temporal UI has the reason. Then start it again.',
});

export const RUN_NOT_PUBLISHED = defineError('RUN_NOT_PUBLISHED', {
  recovery: 'fatal',
  status: 409,
  message: 'The run has published nothing: it is {status}.',
  fix: 'Artifacts are there once the run is completed.',
});

export const ARTIFACT_UNKNOWN = defineError('ARTIFACT_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'The manifest of the run lists no such artifact.',
  fix: 'List the artifacts of the run, and percent-encode the key in the path.',
});

export const ARTIFACT_DAMAGED = defineError('ARTIFACT_DAMAGED', {
  recovery: 'fatal',
  status: 500,
  message: 'An object of the run is not what the run has written: {reason}.',
  fix: 'Check the object store for deletions and other writers, then run the extraction again.',
});

export const API_RANGE_NOT_SATISFIABLE = defineError('API_RANGE_NOT_SATISFIABLE', {
  recovery: 'fatal',
  status: 416,
  message: 'Received a range beyond the end of the artifact, which has {bytes} bytes.',
  fix: 'Ask for bytes that are there; the header Content-Range has the size.',
});

export {
  API_ROUTE_WITHOUT_ACCESS,
  AUTH_APP_TOKEN_REFUSED,
  AUTH_FORBIDDEN,
  AUTH_INVALID,
  AUTH_ISSUER_UNAVAILABLE,
  AUTH_KEYS_INVALID,
  AUTH_KEY_COMMAND,
  AUTH_NOT_CONFIGURED,
  AUTH_REQUIRED,
  AUTH_SETTINGS_INVALID,
  AUTH_TOO_MANY_FAILURES,
} from './auth/errors.js';

export {
  API_PRECONDITION_FAILED,
  API_PRECONDITION_INVALID,
  API_PRECONDITION_REQUIRED,
  API_STATE_BUSY,
  API_STATE_FULL,
  API_STATE_UNAVAILABLE,
} from './state/errors.js';
export { SOURCE_ANSWER_LATE, SOURCE_ANSWER_UNREADABLE, SOURCE_CHECK_FAILED, SOURCE_WORKER_MISSING } from './sources/errors.js';
export { DEVELOPMENT_SECRETS_EXPOSED, DEVELOPMENT_SECRETS_OFF, DEVELOPMENT_SECRETS_UNWRITABLE } from './development-secrets/errors.js';
export {
  SDK_CONFIG_UNKNOWN,
  SDK_CREDENTIAL_REFUSED,
  SDK_CREDENTIALS_MISSING,
  SDK_FILTER_INVALID,
  SDK_METADATA_TOO_LARGE,
  SDK_PATTERN_UNSUPPORTED,
  SDK_UNSUPPORTED,
} from './sdk-compatibility/errors.js';
export { CONFIGURATION_OUTDATED, CONFIGURATION_UNKNOWN } from './configurations/errors.js';
export {
  SCHEDULE_BACKFILL_TOO_LARGE,
  SCHEDULE_CHANGED,
  SCHEDULE_EXISTS,
  SCHEDULE_PERIOD_INVALID,
  SCHEDULE_REFUSED,
  SCHEDULE_TIME_ZONE_UNKNOWN,
  SCHEDULE_UNKNOWN,
} from './schedules/errors.js';

export {
  RUN_FILTER_UNAVAILABLE,
  RUN_HAS_NO_RESULT,
  RUN_NOT_FAILED,
  RUN_NOT_PAUSABLE,
  RUN_NOT_RESETTABLE,
  RUN_RUNNING,
  RUN_SUPERSEDED,
} from './runs/errors.js';
export {
  ENTITY_ACTION_UNKNOWN,
  ENTITY_ANSWER_LATE,
  ENTITY_CLOSED,
  ENTITY_REFUSED,
  ENTITY_RUNNING,
  ENTITY_TYPE_UNKNOWN,
  ENTITY_UNAVAILABLE,
  ENTITY_UNKNOWN,
  ENTITY_VIEW_UNKNOWN,
} from './entities/errors.js';
export { ARTIFACT_COLUMNS_EXCEEDED, ARTIFACT_NOT_LINES } from './artifacts/errors.js';
export { EVENTS_ANSWER_LATE, EVENTS_ANSWER_UNREADABLE, EVENTS_UNAVAILABLE, EVENTS_WORKER_MISSING } from './event-summary/errors.js';
export {
  DIFFERENCE_NOT_OF_ENTITIES,
  DIFFERENCE_NOTHING_BEFORE,
  DIFFERENCE_OTHER_CONNECTION,
  DIFFERENCE_TOO_LARGE,
} from './difference/errors.js';
export {
  EVENT_DATA_NOT_JSON,
  EVENT_HOLDS_CREDENTIAL,
  EVENT_INPUT_INVALID,
  EVENT_MALFORMED,
  EVENT_RULE_UNKNOWN,
  EVENT_TOO_LARGE,
  EVENT_TOPIC_UNKNOWN,
  EVENT_TOPIC_UNSUBSCRIBED,
  EVENT_VALUE_MISSING,
} from './event-rules/errors.js';

export const CODEC_SERVER_WITHOUT_KEYS = defineError('CODEC_SERVER_WITHOUT_KEYS', {
  recovery: 'fatal',
  message: 'TRIBUTARY_API_CODEC_SERVER is true, but there are no keys that payloads could be decrypted with.',
  fix: 'Set TRIBUTARY_PAYLOAD_KEYS as the workers have it, or leave the codec server out.',
});

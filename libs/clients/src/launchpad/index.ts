export {
  LAUNCHPAD_ANSWER_INVALID,
  LAUNCHPAD_ANSWER_TOO_LARGE,
  LAUNCHPAD_AUTHORIZATION_REFUSED,
  LAUNCHPAD_AUTHORIZATION_TIMEOUT,
  LAUNCHPAD_CURSOR_INVALID,
  LAUNCHPAD_FORBIDDEN,
  LAUNCHPAD_FOREIGN_LINK,
  LAUNCHPAD_GONE,
  LAUNCHPAD_LINK_REDACTED,
  LAUNCHPAD_NOT_FOUND,
  LAUNCHPAD_OPERATION_UNKNOWN,
  LAUNCHPAD_PARAMETER_INVALID,
  LAUNCHPAD_PARAMETER_UNKNOWN,
  LAUNCHPAD_RATE_LIMITED,
  LAUNCHPAD_REQUEST_REFUSED,
  LAUNCHPAD_SERVICE_ROOT_INVALID,
  LAUNCHPAD_UNAUTHORIZED,
  LAUNCHPAD_UNAVAILABLE,
} from './errors.js';
export type { InlineComment } from './inline-comment.js';
export { REDACTED, REDACTION_TAG, isRedacted, readable } from './redacted.js';
export type { Readable, Redacted } from './redacted.js';
export { COMMON_FIELDS, serviceDescription } from './service-description/description.js';
export type {
  FieldDescription,
  OperationDescription,
  ParameterDescription,
  ResourceDescription,
  ServiceDescription,
  ValueKind,
  ValueType,
} from './service-description/description.js';
export type { Operations } from './service-description/operations.generated.js';
export type { Resources } from './service-description/resources.generated.js';
export type {
  CollectionPage,
  Found,
  Launchpad,
  LaunchpadCredentials,
  OperationName,
  OperationParameters,
  PageCursor,
  PageOperation,
  PageOptions,
  RequestOptions,
  RequestReport,
  Resource,
  ResourceName,
  ResultOf,
  ReturnOf,
  SingleOperation,
} from './types.js';

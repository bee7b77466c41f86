export { authorize } from './authorize.js';
export type { AuthorizeOptions, LaunchpadPermission } from './authorize.js';
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
export { HostLimiter, hostLimiter } from './http/host-limiter.js';
export type { RetryPolicy } from './http/retry-policy.js';
export type { InlineComment } from './inline-comment.js';
export { LaunchpadClient } from './launchpad-client.js';
export type { LaunchpadClientOptions } from './launchpad-client.js';
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
export { LAUNCHPAD_INSTANCES, LAUNCHPAD_VERSIONS, serviceRootUrl, webRootUrl } from './service-root.js';
export type { LaunchpadVersion } from './service-root.js';
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

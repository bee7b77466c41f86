export { createStatefulActivities } from './create-activities.js';
export type { StatefulActivityOptions } from './create-activities.js';
export type { Access, AccessOptions, CallFunction, LoadFunction } from './load-activity.js';
export { restLoader } from './rest-loader.js';
export type { FieldSource, RestLoaderOptions, RestMapping } from './rest-loader.js';
export type { Paging } from './paging.js';
export type { AuthScheme, GuardedResponse } from './guarded-fetch.js';
export type { EventTarget } from './shell-activities.js';
export type { CallRequest, LoadOutcome, LoadRequest, WorkerFacts } from '../workflow/contract.js';
export {
  STATEFUL_ANSWER_INVALID,
  STATEFUL_API_URL_MISSING,
  STATEFUL_CREDENTIAL_BEHIND,
  STATEFUL_EVENTS_NOWHERE,
  STATEFUL_HOST_REFUSED,
  STATEFUL_SOURCE_FAILED,
  STATEFUL_SOURCE_UNREACHABLE,
} from './errors.js';

export { createEtlActivities } from './activities/index.js';
export type { EtlDependencies } from './dependencies.js';
export {
  ETL_ARGS_INVALID,
  ETL_EVENT_INVALID,
  ETL_INPUT_HOLDS_CREDENTIAL,
  ETL_INPUT_INVALID,
  ETL_QUERY_UNKNOWN,
  ETL_RUN_INCOMPLETE,
  ETL_TIME_INVALID,
} from './errors.js';
export type { EtlActivities, StageHeartbeat, SummaryActivities } from './messages.js';
export { MOCK_QUERY } from './mock/mock-source.js';
export { argsInvalid } from './query/arg-problem.js';
export type { ArgProblem } from './query/arg-problem.js';
export { argsChecker } from './query/check-args.js';
export type { CheckedArgs } from './query/check-args.js';
export { definePagedSource } from './query/define-paged-source.js';
export type { PagedContext, PagedPage, PagedSourceDefinition, PagedUnit } from './query/define-paged-source.js';
export { defineSource } from './query/define-source.js';
export { SourceRegistry } from './query/source-registry.js';
export { windowArgs } from './query/window-args.js';
export type { WindowQueryArgs } from './query/window-args.js';
export { windowQueries } from './query/window-query.js';
export type { WindowQuery } from './query/window-query.js';
export type { Json, Page, Query, Session, Source, Unit, UnitContext, Window } from './source.js';
export { formatInstant, mondayOf, parseInstant } from './time/instant.js';
export type { Instant } from './time/instant.js';
export { parseWindow, readWindow } from './time/window.js';
export type { ReadWindow, WindowArgs, WindowPaths } from './time/window.js';

import type { BrowseSqlSourceInput, BrowseSqlSourceResult, PlanSqlExtractionInput, SqlExtractionPlan } from '@tributary/workflow-contracts/sql-metadata';
import { api, type RequestOptions } from './client.js';

export type { BrowseSqlSourceInput, BrowseSqlSourceResult, PlannedObject, SourceItem, SqlExtractionPlan, Verdict } from '@tributary/workflow-contracts/sql-metadata';

type Options = Pick<RequestOptions, 'signal'>;

/** One page of a level of a source. */
export const browseSource = (input: BrowseSqlSourceInput, options?: Options) => api.post<BrowseSqlSourceResult>('/v1/sources/browse', input, options);

/** One page of what an extraction would have. */
export const planExtraction = (input: PlanSqlExtractionInput, options?: Options) => api.post<SqlExtractionPlan>('/v1/sources/plan', input, options);

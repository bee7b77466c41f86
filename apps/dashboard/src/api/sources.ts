import type { CheckSqlSourceInput, CheckStep, SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import { api, type RequestOptions } from './client.js';
import type { Problem } from './problem.js';

export type { CheckStep, SourceCheck } from '@tributary/workflow-contracts/sql-metadata';

/** The problem of a source that cannot be used as it is: with every step of its check. */
export interface SourceProblem extends Problem {
  readonly checks?: readonly CheckStep[];
  readonly databases?: SourceCheck['databases'];
}

export const checkSource = (input: CheckSqlSourceInput, options?: Pick<RequestOptions, 'signal'>) => api.post<SourceCheck>('/v1/sources/check', input, options);

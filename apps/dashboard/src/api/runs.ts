import { api, path, type RequestOptions } from './client.js';
import type { ArtifactList, Run, RunList, RunStarted, RunType } from './types.js';

export interface RunFilter {
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly connection?: string | undefined;
  readonly subject?: string | undefined;
  readonly workflowIdPrefix?: string | undefined;
  readonly startedAfter?: string | undefined;
  readonly startedBefore?: string | undefined;
  readonly pageSize?: number;
  readonly pageToken?: string | undefined;
}

type Options = Pick<RequestOptions, 'signal'>;

export const listRuns = (filter: RunFilter, options?: Options) => api.get<RunList>('/v1/runs', { ...options, query: { ...filter } });

/** The latest run of a workflow id, or the one that is named. */
export const getRun = (workflowId: string, runId: string | undefined, options?: Options) =>
  api.get<Run>(path`/v1/runs/${workflowId}`, { ...options, query: { runId } });

export const listArtifacts = (workflowId: string, runId: string, options?: Options) =>
  api.get<ArtifactList>(path`/v1/runs/${workflowId}/artifacts`, { ...options, query: { runId } });

export const cancelRun = (workflowId: string, runId: string) =>
  api.post<RunStarted>(path`/v1/runs/${workflowId}/cancel`, undefined, { query: { runId } });

export const terminateRun = (workflowId: string, runId: string, reason: string) =>
  api.post<RunStarted>(path`/v1/runs/${workflowId}/terminate`, { reason }, { query: { runId } });

/** Goes on from the stage that failed, as a new run of the same workflow id. */
export const retryRun = (workflowId: string, runId: string) =>
  api.post<RunStarted>(path`/v1/runs/${workflowId}/retry`, undefined, { query: { runId } });

export const listRunTypes = async (options?: Options): Promise<readonly RunType[]> =>
  (await api.get<{ runTypes: readonly RunType[] }>('/v1/run-types', options)).runTypes;

/** @param idempotencyKey the same key again starts nothing new */
export const startRun = (slug: string, input: unknown, idempotencyKey: string) =>
  api.post<RunStarted>(path`/v1/runs/${slug}`, input, { headers: { 'idempotency-key': idempotencyKey } });

import { api, path, type RequestOptions } from './client.js';

export interface ChangeCounts {
  readonly typeName: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface EntityName {
  readonly typeName: string;
  readonly qualifiedName: string;
}

export interface ChangedAttribute {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  /** The values are longer than what is shown. */
  readonly cut?: boolean;
}

interface ComparedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly startedAt: string;
}

export interface RunDifference {
  /** Qualified name of the connection. */
  readonly connection: string;
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly counts: readonly ChangeCounts[];
  readonly added: readonly EntityName[];
  readonly removed: readonly EntityName[];
  readonly changed: readonly (EntityName & { readonly attributes: readonly ChangedAttribute[] })[];
  /** More has changed than is named. */
  readonly truncated: boolean;
  /** Why something may look added or removed that is not. */
  readonly caveats: readonly string[];
}

/** What an extraction has published otherwise than the run of its connection before. */
export const getDifference = (workflowId: string, runId: string, options?: Pick<RequestOptions, 'signal'>) =>
  api.get<RunDifference>(path`/v1/runs/${workflowId}/difference`, { ...options, query: { runId } });

import { href, withQuery } from '../../router/route.js';

/** Which catalog, which table of it, and how far one looks around. */
export interface Place {
  readonly workflowId: string;
  readonly runId: string | undefined;
  /** Qualified name. */
  readonly table?: string | undefined;
  readonly steps?: string | undefined;
}

/** Address of a place in a catalog. */
export function addressOf({ workflowId, runId, table, steps }: Place): string {
  return withQuery(href`catalog/${workflowId}`, { runId, table, steps });
}

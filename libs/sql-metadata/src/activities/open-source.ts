import type { CatalogConnectionOptions, CatalogSession } from '@tributary/clients/sql';
import type { SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { DEFAULT_STATEMENT_TIMEOUT_MS } from '../defaults.js';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { RunContext } from '../messages.js';

export const DEFAULT_DATABASE = 'postgres';

/** How to sign in to `source`, except for its password. */
export function connectionOf(source: SqlSource): Pick<CatalogConnectionOptions, 'host' | 'port' | 'user' | 'database' | 'sslMode'> {
  const { host, port = 5432, user, database = DEFAULT_DATABASE, sslMode = 'prefer' } = source;
  return { host, port, user, database, sslMode };
}

/** What the administrator of a source sees of a workflow in pg_stat_activity. */
export function applicationNameOf(workflowId: string): string {
  return `tributary ${workflowId}`.slice(0, 63);
}

/** Signs in to one database of the run's source, runs `work` on the session, and signs out whatever happens. */
export async function withSource<T>(
  dependencies: SqlMetadataDependencies,
  run: RunContext,
  database: string,
  signal: AbortSignal,
  work: (session: CatalogSession) => Promise<T>,
): Promise<T> {
  const { source, options } = run.input;
  const password = source.password && (await dependencies.secrets.resolve(source.password, { signal }));
  const session = await dependencies.openCatalog({
    ...connectionOf(source),
    ...(password && { password }),
    database,
    applicationName: applicationNameOf(run.workflowId),
    statementTimeoutMs: options?.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS,
    signal,
  });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

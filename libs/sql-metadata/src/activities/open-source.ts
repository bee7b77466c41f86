import type { CatalogSession } from '@tributary/clients/sql';
import { DEFAULT_STATEMENT_TIMEOUT_MS } from '../defaults.js';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { RunContext } from '../messages.js';

export const DEFAULT_DATABASE = 'postgres';

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
    host: source.host,
    port: source.port ?? 5432,
    user: source.user,
    ...(password && { password }),
    database,
    sslMode: source.sslMode ?? 'prefer',
    applicationName: `tributary ${run.workflowId}`.slice(0, 63),
    statementTimeoutMs: options?.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS,
    signal,
  });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

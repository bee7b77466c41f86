import { Context } from '@temporalio/activity';
import type { CatalogSession } from '@tributary/clients/sql';
import type { Secret } from '@tributary/common';
import type { SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../../dependencies.js';
import { applicationNameOf, connectionOf } from '../open-source.js';

/** Somebody waits for the answer: what takes longer is of more use as an error. */
const CONNECT_TIMEOUT_MS = 4_000;

export interface SourceAccess {
  readonly source: SqlSource;
  /** Absent where the source needs none. */
  readonly password: Secret | undefined;
  /** Of each statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** Resolves the password of `source`. */
export async function accessTo(
  { secrets }: SqlMetadataDependencies,
  source: SqlSource,
  { statementTimeoutMs, signal }: Pick<SourceAccess, 'statementTimeoutMs' | 'signal'>,
): Promise<SourceAccess> {
  const password = source.password && (await secrets.resolve(source.password, { signal }));
  return { source, password, statementTimeoutMs, signal };
}

/** Signs in to `database`. The session is the caller's to close. */
export function openSession(
  { openCatalog }: SqlMetadataDependencies,
  { source, password, statementTimeoutMs, signal }: SourceAccess,
  database: string,
): Promise<CatalogSession> {
  return openCatalog({
    ...connectionOf(source),
    ...(password && { password }),
    database,
    applicationName: applicationNameOf(Context.current().info.workflowExecution?.workflowId ?? ''),
    statementTimeoutMs,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    signal,
  });
}

/** Signs in to `database`, runs `work` on the session, and signs out whatever happens. */
export async function inDatabase<T>(
  dependencies: SqlMetadataDependencies,
  access: SourceAccess,
  database: string,
  work: (session: CatalogSession) => Promise<T>,
): Promise<T> {
  const session = await openSession(dependencies, access, database);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

import { Context } from '@temporalio/activity';
import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { DatabasePlan, DatabaseRequest } from '../messages.js';
import { withSource } from './open-source.js';
import { scopeOf } from './scope.js';

/** See `SqlMetadataActivities.planDatabase`. */
export async function planDatabase(dependencies: SqlMetadataDependencies, { run, database }: DatabaseRequest): Promise<DatabasePlan> {
  const context = Context.current();
  return withSource(dependencies, run, database, context.cancellationSignal, async (session) => {
    const counts: Partial<Record<CatalogKind, number>> = {};
    for (const kind of CATALOG_KINDS) {
      counts[kind] = await session.count(kind, scopeOf(run, database));
      context.heartbeat(kind);
    }
    return { counts: counts as Record<CatalogKind, number> };
  });
}

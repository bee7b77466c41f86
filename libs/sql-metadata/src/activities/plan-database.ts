import { Context } from '@temporalio/activity';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { DatabasePlan, DatabaseRequest } from '../messages.js';
import { withSource } from './open-source.js';
import { scopeOf } from './scope.js';

/** See `SqlMetadataActivities.planDatabase`. */
export async function planDatabase(dependencies: SqlMetadataDependencies, { run, database }: DatabaseRequest): Promise<DatabasePlan> {
  const { cancellationSignal } = Context.current();
  return withSource(dependencies, run, database, cancellationSignal, async (session) => ({
    counts: await session.counts(scopeOf(run, database)),
  }));
}

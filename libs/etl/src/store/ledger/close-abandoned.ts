import { sql } from 'kysely';
import type { Connection } from '../database/connection.js';
import { closeRun } from './close-run.js';
import { settleSubjects, settleTotals } from './settle.js';

/** Longer than a stage may take from its first attempt to its last. */
const ABANDONED_AFTER_DAYS = 31;

/**
 * Closes one run that nobody has touched for a month, as when its workflow was terminated: as failed, with what it knows
 * of its subjects, and without marks. @returns whether there was one
 */
export function closeAbandonedRun(connection: Connection): Promise<boolean> {
  return connection.transaction('closing an abandoned run', async (transaction) => {
    const run = await transaction
      .selectFrom('flow_runs')
      .select('id')
      .where('state', '=', 'running')
      .where('touched_at', '<', sql<string>`now() - make_interval(days => ${ABANDONED_AFTER_DAYS}::int)`)
      .orderBy('touched_at')
      .limit(1)
      .forNoKeyUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!run) return false;
    const open = { connection, id: run.id };
    await settleSubjects(transaction, open, false);
    await settleTotals(transaction, open);
    await closeRun(transaction, open, 'failed');
    return true;
  });
}

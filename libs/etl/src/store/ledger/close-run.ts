import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { OpenRun } from './run-row.js';

/** Ends the row of a run whose outcome is settled, and deletes what only a running one needs. */
export async function closeRun(transaction: Transaction<Tables>, { id }: Pick<OpenRun, 'id'>, outcome: 'done' | 'failed'): Promise<void> {
  for (const table of ['flow_units', 'flow_edges', 'flow_remembered'] as const) {
    await transaction.deleteFrom(table).where('run_id', '=', id).execute();
  }
  const finished = { state: outcome, finished_at: sql<string>`now()` };
  await transaction.updateTable('flow_runs').set(finished).where('id', '=', id).execute();
}

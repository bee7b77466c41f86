import { sql } from 'kysely';
import type { Connection } from '../database/connection.js';
import type { EventCount } from '../types.js';

/** Somebody waits for the counts. */
const STATEMENT_TIMEOUT_MS = 12_000;

/** See `EventDatabase.countEvents`. */
export function countEvents(connection: Connection, first: string, last: string): Promise<EventCount[]> {
  return connection.transaction('counting events', async (transaction) => {
    await sql`SELECT set_config('statement_timeout', ${String(STATEMENT_TIMEOUT_MS)}, true)`.execute(transaction);
    const { rows } = await sql<EventCount>`
      SELECT week, type, count(*) AS count FROM ${connection.table('events')}
      WHERE week BETWEEN ${first}::date AND ${last}::date
      GROUP BY week, type ORDER BY week, type COLLATE "C"`.execute(transaction);
    return rows;
  });
}

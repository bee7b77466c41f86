import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { OpenRun } from './run-row.js';

/** Keeps the marks of units that were read and whose whole descent ended well. A mark never goes back. */
export async function keepMarks(transaction: Transaction<Tables>, open: OpenRun, quarantineTolerable: boolean): Promise<void> {
  const { connection, id, run } = open;
  await sql`
    WITH RECURSIVE ${unwell(open, quarantineTolerable)}
    INSERT INTO ${connection.table('flow_marks')} AS m (source_kind_id, scope, mark, at)
    SELECT ${run.sourceKindId}, ${run.scope}, u.mark, ${run.startedAt}::timestamptz
    FROM ${connection.table('flow_units')} u LEFT JOIN unwell b ON b.key = u.key
    WHERE u.run_id = ${id} AND u.mark IS NOT NULL
    GROUP BY u.mark HAVING bool_and(b.key IS NULL AND u.state = 'done') ORDER BY u.mark
    ON CONFLICT (source_kind_id, scope, mark) DO UPDATE SET at = excluded.at WHERE m.at < excluded.at`.execute(transaction);
}

/** Keeps what units remembered whose whole descent ended well. Older runs of the scope do not overwrite later ones. */
export async function keepMemory(transaction: Transaction<Tables>, open: OpenRun, quarantineTolerable: boolean): Promise<void> {
  const { connection, id, run } = open;
  await sql`
    WITH RECURSIVE ${unwell(open, quarantineTolerable)}
    INSERT INTO ${connection.table('flow_memory')} AS m (source_kind_id, scope, key, value, as_of)
    SELECT DISTINCT ON (r.key) ${run.sourceKindId}, ${run.scope}, r.key, r.value, ${run.startedAt}::timestamptz
    FROM ${connection.table('flow_remembered')} r LEFT JOIN unwell b ON b.key = r.unit
    WHERE r.run_id = ${id} AND b.key IS NULL
    ORDER BY r.key, r.unit DESC
    ON CONFLICT (source_kind_id, scope, key) DO UPDATE SET value = excluded.value, as_of = excluded.as_of
    WHERE m.as_of <= excluded.as_of`.execute(transaction);
}

/** Units that lost something themselves, and all that led to them. */
function unwell({ connection, id }: OpenRun, quarantineTolerable: boolean): RawBuilder<unknown> {
  return sql`unwell (key) AS (
    (SELECT key FROM ${connection.table('flow_units')} WHERE run_id = ${id} AND state IN ('pending', 'failed')
     UNION SELECT unit FROM ${connection.table('flow_quarantine')} WHERE run_id = ${id} AND NOT ${quarantineTolerable}::boolean)
    UNION
    SELECT e.parent FROM unwell b JOIN ${connection.table('flow_edges')} e ON e.run_id = ${id} AND e.child = b.key
  )`;
}

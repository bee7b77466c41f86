import { sql } from 'kysely';
import type { Event, EventCounts } from '@tributary/workflow-contracts/etl';
import type { Connection, Executor } from '../database/connection.js';
import { jsonText } from '../database/json-text.js';

/** Bound of one statement; its rows stand in one parameter. */
const MOST_ROWS = 2_000;
const MOST_CHARACTERS = 4_000_000;

/** What a load did, and how many events of each type it had. */
export interface LoadResult {
  readonly counts: EventCounts;
  readonly types: ReadonlyMap<string, number>;
}

/**
 * Inserts the events that are new, corrects those that differ, and leaves the others untouched, unlocked even. Of
 * several events of one id the last counts.
 */
export async function loadEvents(connection: Connection, executor: Executor, events: readonly Event[]): Promise<LoadResult> {
  const distinct = distinctInOrder(events);
  const types = new Map<string, number>();
  for (const { type } of distinct) types.set(type, (types.get(type) ?? 0) + 1);
  let [inserted, updated] = [0, 0];
  for (const rows of statements(distinct)) {
    const result = await upsert(connection, rows).execute(executor);
    const fresh = result.rows.filter(({ is_new }) => is_new).length;
    inserted += fresh;
    updated += result.rows.length - fresh;
  }
  return { counts: { inserted, updated, unchanged: distinct.length - inserted - updated }, types };
}

/** By key, so that two loads that meet lock rows in the same order. */
function distinctInOrder(events: readonly Event[]): Event[] {
  const byKey = new Map(events.map((event) => [jsonText([event.source_kind_id, event.id]), event]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
}

function* statements(events: readonly Event[]): Iterable<string> {
  let [rows, characters]: [string[], number] = [[], 0];
  for (const event of events) {
    const row = jsonText(event);
    if (rows.length > 0 && (rows.length === MOST_ROWS || characters + row.length > MOST_CHARACTERS)) {
      yield `[${rows.join(',')}]`;
      [rows, characters] = [[], 0];
    }
    rows.push(row);
    characters += row.length;
  }
  if (rows.length > 0) yield `[${rows.join(',')}]`;
}

function upsert(connection: Connection, rows: string) {
  const events = connection.table('events');
  const differs = sql`(e.parent_id, e.week, e.employee_id, e.type, e.time_utc, e.relation_properties) IS DISTINCT FROM`;
  // ON CONFLICT locks, and so writes, every row that it meets: rows that are equal already must not get there. Its own
  // WHERE is for rows that somebody else wrote in between.
  return sql<{ is_new: boolean }>`
    WITH given AS (
      SELECT g.source_kind_id, g.id, g.parent_id, g.week, g.employee_id, g.type, g.time_utc, g.relation_properties
      FROM json_to_recordset(${rows}::json) AS g (source_kind_id text, id text, parent_id text, week date, employee_id text,
        type text, time_utc timestamptz(6), relation_properties jsonb)
    )
    INSERT INTO ${events} AS e (source_kind_id, id, parent_id, week, employee_id, type, time_utc, relation_properties)
    SELECT g.* FROM given g LEFT JOIN ${events} e ON e.source_kind_id = g.source_kind_id AND e.id = g.id
    WHERE e.id IS NULL OR ${differs} (g.parent_id, g.week, g.employee_id, g.type, g.time_utc, g.relation_properties)
    ORDER BY g.source_kind_id COLLATE "C", g.id COLLATE "C"
    ON CONFLICT (source_kind_id, id) DO UPDATE SET parent_id = excluded.parent_id, week = excluded.week,
      employee_id = excluded.employee_id, type = excluded.type, time_utc = excluded.time_utc,
      relation_properties = excluded.relation_properties, changed_at = now()
    WHERE ${differs} (excluded.parent_id, excluded.week, excluded.employee_id, excluded.type, excluded.time_utc, excluded.relation_properties)
    RETURNING (e.xmax = 0) AS is_new`;
}

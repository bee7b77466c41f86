import { sql } from 'kysely';
import type { Event, EventCounts } from '@tributary/workflow-contracts/etl';
import type { Connection, Executor } from '../database/connection.js';
import { jsonText } from '../database/json-text.js';

/** Bound of one statement; its rows stand in one parameter. */
const MOST_ROWS = 2_000;
const MOST_CHARACTERS = 4_000_000;

/** Events that were read together. */
export interface ReadEvents {
  readonly events: readonly Event[];
  /** When they were read, by `performance.now()`. */
  readonly readAt: number;
}

/** What a load did, and how many of the events that it counts are of each type. */
export interface LoadResult {
  readonly counts: EventCounts;
  readonly types: ReadonlyMap<string, number>;
}

interface Aged {
  readonly event: Event;
  readonly readAt: number;
}

/**
 * Inserts the events that are new, corrects those that differ and were not read later by somebody else, and leaves the
 * others untouched, unlocked even. Of several events of one id the one that was read last counts. What the run has
 * inserted or corrected before is not counted again.
 */
export async function loadEvents(connection: Connection, executor: Executor, run: number, given: readonly ReadEvents[]): Promise<LoadResult> {
  const types = new Map<string, number>();
  let [inserted, updated, unchanged] = [0, 0, 0];
  for (const rows of statements(distinctInOrder(given))) {
    for (const counted of (await upsert(connection, run, rows).execute(executor)).rows) {
      const events = counted.inserted + counted.updated + counted.unchanged;
      if (events > 0) types.set(counted.type, (types.get(counted.type) ?? 0) + events);
      inserted += counted.inserted;
      updated += counted.updated;
      unchanged += counted.unchanged;
    }
  }
  return { counts: { inserted, updated, unchanged }, types };
}

/** By key, so that two loads that meet lock rows in the same order. */
function distinctInOrder(given: readonly ReadEvents[]): Aged[] {
  const byKey = new Map<string, Aged>();
  for (const { events, readAt } of given) {
    for (const event of events) {
      const key = jsonText([event.source_kind_id, event.id]);
      if (readAt >= (byKey.get(key)?.readAt ?? -Infinity)) byKey.set(key, { event, readAt });
    }
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, aged]) => aged);
}

function* statements(events: readonly Aged[]): Iterable<string> {
  let [rows, characters]: [string[], number] = [[], 0];
  for (const { event, readAt } of events) {
    const row = jsonText({ ...event, age: Math.max(0, performance.now() - readAt) / 1_000 });
    if (rows.length > 0 && (rows.length === MOST_ROWS || characters + row.length > MOST_CHARACTERS)) {
      yield `[${rows.join(',')}]`;
      [rows, characters] = [[], 0];
    }
    rows.push(row);
    characters += row.length;
  }
  if (rows.length > 0) yield `[${rows.join(',')}]`;
}

interface CountedType {
  readonly type: string;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

function upsert(connection: Connection, run: number, rows: string) {
  const events = connection.table('events');
  const differs = sql`(e.parent_id, e.week, e.employee_id, e.type, e.time_utc, e.relation_properties) IS DISTINCT FROM`;
  // A time to come is of a clock that was wrong, and must not hold corrections off.
  const isNewer = (given: 'g' | 'excluded') =>
    sql`(e.read_at IS NULL OR e.read_at <= ${sql.ref(`${given}.read_at`)} OR e.read_at > statement_timestamp() + interval '1 minute')`;
  // ON CONFLICT locks, and so writes, every row that it meets: rows that are equal already must not get there. Its own
  // WHERE is for rows that somebody else wrote in between. Ages are by the clock of the database, as all workers see it.
  return sql<CountedType>`
    WITH given AS (
      SELECT g.source_kind_id, g.id, g.parent_id, g.week, g.employee_id, g.type, g.time_utc, g.relation_properties,
        statement_timestamp() - make_interval(secs => g.age) AS read_at
      FROM json_to_recordset(${rows}::json) AS g (source_kind_id text, id text, parent_id text, week date, employee_id text,
        type text, time_utc timestamptz(6), relation_properties jsonb, age float8)
    ), met AS MATERIALIZED (
      SELECT g.*, e.run_id IS NOT DISTINCT FROM ${run}::bigint AS is_counted, e.id IS NULL OR (
        ${differs} (g.parent_id, g.week, g.employee_id, g.type, g.time_utc, g.relation_properties)
        AND ${isNewer('g')}) AS is_written
      FROM given g LEFT JOIN ${events} e ON e.source_kind_id = g.source_kind_id AND e.id = g.id
    ), written AS (
      INSERT INTO ${events} AS e (source_kind_id, id, parent_id, week, employee_id, type, time_utc, relation_properties, run_id, read_at)
      SELECT m.source_kind_id, m.id, m.parent_id, m.week, m.employee_id, m.type, m.time_utc, m.relation_properties, ${run}::bigint, m.read_at
      FROM met m WHERE m.is_written ORDER BY m.source_kind_id COLLATE "C", m.id COLLATE "C"
      ON CONFLICT (source_kind_id, id) DO UPDATE SET parent_id = excluded.parent_id, week = excluded.week,
        employee_id = excluded.employee_id, type = excluded.type, time_utc = excluded.time_utc,
        relation_properties = excluded.relation_properties, run_id = excluded.run_id, read_at = excluded.read_at, changed_at = now()
      WHERE ${differs} (excluded.parent_id, excluded.week, excluded.employee_id, excluded.type, excluded.time_utc, excluded.relation_properties)
        AND ${isNewer('excluded')}
      RETURNING e.source_kind_id, e.id, e.xmax = 0 AS is_new
    )
    SELECT m.type, count(*) FILTER (WHERE w.is_new) AS inserted,
      count(*) FILTER (WHERE NOT w.is_new AND NOT m.is_counted) AS updated,
      count(*) FILTER (WHERE w.id IS NULL AND NOT m.is_counted) AS unchanged
    FROM met m LEFT JOIN written w ON w.source_kind_id = m.source_kind_id AND w.id = m.id GROUP BY m.type`;
}

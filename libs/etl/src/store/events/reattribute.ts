import { sql } from 'kysely';
import type { Connection } from '../database/connection.js';

const PAGE = 5_000;

/** Which names count; absent: all in the table identities. */
export interface Reattributed {
  readonly names?: readonly string[];
  /** Names whose id has changed since then, RFC 3339. */
  readonly since?: string;
}

/** What became of events that bear an id which somebody had before. */
export interface Reattribution {
  /** Events that got another id, in whatever place. */
  readonly changed: number;
  /** Events left as they are because one of their ids stood for several names that are not the same person now. */
  readonly ambiguous: number;
}

/**
 * Gives the events of a source that bear a former id of a name its present one: who did them, and the people in their
 * properties. Goes through the table in pages, each a transaction of its own, so that it holds up no load; a row that a
 * load changes at the same time is left to the load. Repeating it changes nothing.
 */
export async function reattribute(connection: Connection, sourceKindId: string, which: Reattributed = {}): Promise<Reattribution> {
  let [changed, ambiguous] = [0, 0];
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const page = await connection.transaction('giving events to those who did them', async (transaction) => {
      const { rows } = await statement(connection, sourceKindId, which, from).execute(transaction);
      return rows[0];
    });
    changed += page?.changed ?? 0;
    ambiguous += page?.ambiguous ?? 0;
    after = page?.last ?? null;
  }
  return { changed, ambiguous };
}

/** Whether an id of a source has changed since `since`. */
export async function hasChangedIdentities(connection: Connection, sourceKindId: string, since: string): Promise<boolean> {
  const rows = await connection.read('looking for changed identities', (db) =>
    db.selectFrom('identities').select('name').where('source_kind_id', '=', sourceKindId).where('changed_at', '>=', since).limit(1).execute(),
  );
  return rows.length > 0;
}

/** One page of events after the id `after`; `last` is null when it was the last. */
function statement(connection: Connection, kind: string, { names, since }: Reattributed, after: string) {
  const [events, identities, formerIds, people] = (['events', 'identities', 'identity_former_ids', 'event_people'] as const).map((name) => connection.table(name));
  return sql<{ last: string | null; changed: number; ambiguous: number }>`
    WITH page AS MATERIALIZED (
      SELECT id, type, employee_id, relation_properties FROM ${events} WHERE source_kind_id = ${kind} AND id > ${after} ORDER BY id LIMIT ${PAGE}
    ), used (id, property, value, person) AS MATERIALIZED (
      SELECT id, NULL, NULL, employee_id FROM page WHERE employee_id IS NOT NULL
      UNION ALL
      SELECT p.id, k.property, p.relation_properties -> k.property, person #>> '{}' FROM page p
      JOIN ${people} k ON k.source_kind_id = ${kind} AND k.type = p.type
      CROSS JOIN LATERAL jsonb_path_query(p.relation_properties -> k.property, '$[*]') AS person
    ), held (person, name) AS (
      SELECT f.former_id, f.name FROM ${formerIds} f WHERE f.source_kind_id = ${kind} AND f.former_id IN (SELECT person FROM used)
      UNION
      SELECT i.employee_id, i.name FROM ${identities} i WHERE i.source_kind_id = ${kind} AND i.employee_id IN (SELECT person FROM used)
    ), known AS MATERIALIZED (
      SELECT h.person, min(i.employee_id) AS employee_id, count(DISTINCT i.employee_id) > 1 AS is_ambiguous
      FROM held h JOIN ${identities} i ON i.source_kind_id = ${kind} AND i.name = h.name GROUP BY h.person
      HAVING (count(DISTINCT i.employee_id) > 1 OR min(i.employee_id) <> h.person)
        AND (${names ?? null}::text[] IS NULL OR bool_or(i.name = ANY (${names ?? null}::text[])))
        AND (${since ?? null}::timestamptz IS NULL OR bool_or(i.changed_at >= ${since ?? null}::timestamptz))
    ), moves AS MATERIALIZED (SELECT person, employee_id FROM known WHERE NOT is_ambiguous),
    properties AS (
      SELECT id, jsonb_object_agg(property, CASE WHEN jsonb_typeof(value) = 'array' THEN (
          SELECT jsonb_agg(coalesce(to_jsonb(m.employee_id), item) ORDER BY place)
          FROM jsonb_array_elements(value) WITH ORDINALITY AS items (item, place) LEFT JOIN moves m ON m.person = item #>> '{}'
        ) ELSE to_jsonb((SELECT m.employee_id FROM moves m WHERE m.person = value #>> '{}')) END) AS moved
      FROM (SELECT DISTINCT u.id, u.property, u.value FROM used u JOIN moves m USING (person) WHERE u.property IS NOT NULL) AS touched
      GROUP BY id
    ), given AS (
      SELECT p.id, p.employee_id AS old_id, p.relation_properties AS old_properties,
        coalesce(m.employee_id, p.employee_id) AS new_id, p.relation_properties || coalesce(r.moved, '{}') AS new_properties
      FROM page p LEFT JOIN moves m ON m.person = p.employee_id LEFT JOIN properties r ON r.id = p.id
      WHERE m.person IS NOT NULL OR r.id IS NOT NULL
    ), changed AS (
      UPDATE ${events} e SET employee_id = g.new_id, relation_properties = g.new_properties, changed_at = now()
      FROM given g WHERE e.source_kind_id = ${kind} AND e.id = g.id
        AND e.employee_id IS NOT DISTINCT FROM g.old_id AND e.relation_properties = g.old_properties
      RETURNING 1
    )
    SELECT CASE WHEN (SELECT count(*) FROM page) = ${PAGE} THEN (SELECT max(id) FROM page) END AS last,
      (SELECT count(*) FROM changed) AS changed,
      (SELECT count(DISTINCT u.id) FROM used u JOIN known k USING (person) WHERE k.is_ambiguous) AS ambiguous`;
}

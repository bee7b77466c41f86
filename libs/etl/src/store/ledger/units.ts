import { sql, type Transaction } from 'kysely';
import type { Unit } from '../../source.js';
import { jsonText } from '../database/json-text.js';
import type { Tables } from '../database/tables.js';
import type { StoredUnit } from '../types.js';
import type { OpenRun, StageCounts } from './run-row.js';

const MOST_ROWS = 5_000;

/** A unit as the ledger hands it out, with the version that its next change is for. */
export interface VersionedUnit {
  readonly unit: StoredUnit;
  readonly version: number;
}

/** Adds units, merges those that are there. @returns how many units each stage got */
export async function addUnits(transaction: Transaction<Tables>, open: OpenRun, units: readonly Unit[]): Promise<Map<string, StageCounts>> {
  const stages = new Map<string, StageCounts>();
  const distinct = [...merged(units).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let from = 0; from < distinct.length; from += MOST_ROWS) {
    const rows = await upsert(transaction, open, distinct.slice(from, from + MOST_ROWS));
    for (const { stage } of rows.filter(({ is_new }) => is_new)) {
      stages.set(stage, { done: 0, total: (stages.get(stage)?.total ?? 0) + 1 });
    }
    const grown = rows.filter(({ is_new }) => !is_new).map(({ key }) => key);
    if (grown.length > 0) await handDownSubjects(transaction, open, grown);
  }
  return stages;
}

/** Makes sure that every subject has a row. */
export async function addSubjects(transaction: Transaction<Tables>, open: OpenRun, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await sql`
    INSERT INTO ${open.connection.table('flow_subjects')} (run_id, subject)
    SELECT ${open.id}, s FROM json_array_elements_text(${jsonText(subjects)}::json) AS s ON CONFLICT DO NOTHING`.execute(transaction);
}

/** Notes who discovered whom. */
export async function addEdges(
  transaction: Transaction<Tables>,
  open: OpenRun,
  edges: readonly { readonly parent: string; readonly child: string }[],
): Promise<void> {
  if (edges.length === 0) return;
  await sql`
    INSERT INTO ${open.connection.table('flow_edges')} (run_id, parent, child)
    SELECT ${open.id}, e.parent, e.child FROM json_to_recordset(${jsonText(edges)}::json) AS e (parent text, child text)
    ORDER BY 2, 3 ON CONFLICT DO NOTHING`.execute(transaction);
}

/** Pending units of a stage, in order of their keys. */
export async function pendingUnits(open: OpenRun, stage: string, limit: number, after: string | undefined): Promise<VersionedUnit[]> {
  const rows = await open.connection.read('reading pending units', (db) =>
    db
      .selectFrom('flow_units')
      .selectAll()
      // A cursor may be the JSON null, which the driver gives like none.
      .select(sql<boolean>`cursor IS NULL`.as('is_fresh'))
      .where('run_id', '=', open.id)
      .where('stage', '=', stage)
      .where('state', '=', 'pending')
      .$if(after !== undefined, (query) => query.where('key', '>', after ?? ''))
      .orderBy('key')
      .limit(limit)
      .execute(),
  );
  return rows.map((row) => ({
    version: row.version,
    unit: {
      key: row.key,
      stage: row.stage,
      kind: row.kind,
      payload: row.payload,
      subjects: row.subjects,
      ...(row.mark !== null && { mark: row.mark }),
      cursor: row.is_fresh ? undefined : row.cursor,
      since: row.since ?? undefined,
      attempts: row.attempts,
    },
  }));
}

/** Units with one key as one: payloads united, the later one first, and subjects. */
function merged(units: readonly Unit[]): Map<string, Unit> {
  const byKey = new Map<string, Unit>();
  for (const unit of units) {
    const known = byKey.get(unit.key);
    const mark = known?.mark ?? unit.mark;
    const subjects = [...new Set([...(known?.subjects ?? []), ...unit.subjects])].sort();
    const payload = { ...known?.payload, ...unit.payload };
    byKey.set(unit.key, { ...(known ?? unit), payload, subjects, ...(mark !== undefined && { mark }) });
  }
  return byKey;
}

async function upsert(transaction: Transaction<Tables>, open: OpenRun, units: readonly Unit[]) {
  const { connection, id, run } = open;
  const result = await sql<{ key: string; stage: string; is_new: boolean }>`
    INSERT INTO ${connection.table('flow_units')} AS u (run_id, key, stage, kind, payload, subjects, mark, since)
    SELECT ${id}, g.key, g.stage, g.kind, g.payload, g.subjects, g.mark, m.at
    FROM json_to_recordset(${jsonText(units)}::json) AS g (key text, stage text, kind text, payload jsonb, subjects text[], mark text)
    LEFT JOIN ${connection.table('flow_marks')} m
      ON ${run.incremental} AND m.source_kind_id = ${run.sourceKindId} AND m.scope = ${run.scope} AND m.mark = g.mark
    ORDER BY g.key COLLATE "C"
    ON CONFLICT (run_id, key) DO UPDATE SET
      payload = u.payload || excluded.payload,
      subjects = ARRAY(SELECT DISTINCT s FROM unnest(u.subjects || excluded.subjects) AS s ORDER BY s),
      mark = coalesce(u.mark, excluded.mark),
      since = CASE WHEN u.mark IS NULL AND u.version = 0 THEN excluded.since ELSE u.since END
    WHERE u.payload || excluded.payload IS DISTINCT FROM u.payload OR NOT u.subjects @> excluded.subjects
      OR (u.mark IS NULL AND excluded.mark IS NOT NULL)
    RETURNING u.key, u.stage, (u.xmax = 0) AS is_new`.execute(transaction);
  return result.rows;
}

/** What a unit discovered before it got further subjects is read on behalf of those, too. */
async function handDownSubjects(transaction: Transaction<Tables>, { connection, id }: OpenRun, keys: readonly string[]): Promise<void> {
  const [units, edges] = [connection.table('flow_units'), connection.table('flow_edges')];
  await sql`
    WITH RECURSIVE below (root, key) AS (
      SELECT e.parent, e.child FROM ${edges} e WHERE e.run_id = ${id} AND e.parent = ANY (${keys}::text[])
      UNION
      SELECT b.root, e.child FROM below b JOIN ${edges} e ON e.run_id = ${id} AND e.parent = b.key
    ), more (key, subjects) AS (
      SELECT b.key, array_agg(DISTINCT s) FROM below b
      JOIN ${units} r ON r.run_id = ${id} AND r.key = b.root CROSS JOIN unnest(r.subjects) AS s GROUP BY b.key
    )
    UPDATE ${units} u SET subjects = ARRAY(SELECT DISTINCT s FROM unnest(u.subjects || m.subjects) AS s ORDER BY s)
    FROM more m WHERE u.run_id = ${id} AND u.key = m.key AND NOT u.subjects @> m.subjects`.execute(transaction);
}

import { sql, type Transaction } from 'kysely';
import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { Unit } from '../../source.js';
import { jsonText } from '../database/json-text.js';
import type { Tables } from '../database/tables.js';
import { loadEvents } from '../events/load-events.js';
import type { PageCommit } from '../types.js';
import { addCounters, type OpenRun, type RunCounters, type StageCounts } from './run-row.js';
import { changeUnits, type LockedUnit, type UnitChange } from './unit-changes.js';
import { addEdges, addSubjects, addUnits } from './units.js';

/** Loads pages whose units are locked and checked. @returns what became of the events */
export async function loadPages(
  transaction: Transaction<Tables>,
  open: OpenRun,
  counters: RunCounters,
  locked: ReadonlyMap<string, LockedUnit>,
  pages: readonly PageCommit[],
): Promise<EventCounts> {
  await notePeople(transaction, open, pages);
  const { counts, types } = await loadEvents(open.connection, transaction, open.id, pages);
  const discovered = pages.flatMap((page) => onBehalfOf(page, locked));
  await addSubjects(transaction, open, [...new Set(discovered.flatMap(({ subjects }) => subjects))]);
  const stages = await addUnits(transaction, open, discovered);
  await addEdges(transaction, open, pages.flatMap(({ unit, discovered: found }) => found.map(({ key }) => ({ parent: unit, child: key }))));
  const changes = lastPages(pages).map(changeOf);
  await changeUnits(transaction, open, changes);
  await quarantine(transaction, open, pages);
  await remember(transaction, open, pages);
  await rename(transaction, open, pages);
  for (const { key, state } of changes) if (state !== 'pending') countDone(stages, locked.get(key)?.stage ?? '');
  const records = pages.reduce((sum, page) => sum + page.records, 0);
  const quarantined = pages.reduce((sum, page) => sum + page.quarantined.length, 0);
  await addCounters(transaction, open, counters, { events: counts, types, stages, records, quarantined });
  return counts;
}

export function countDone(stages: Map<string, StageCounts>, stage: string): void {
  const { done = 0, total = 0 } = stages.get(stage) ?? {};
  stages.set(stage, { done: done + 1, total });
}

/** What a unit discovers is read on behalf of its own subjects, too; it may have got more since it was handed out. */
function onBehalfOf({ unit, discovered }: PageCommit, locked: ReadonlyMap<string, LockedUnit>): Unit[] {
  const inherited = locked.get(unit)?.subjects ?? [];
  return discovered.map((found) => ({ ...found, subjects: [...new Set([...found.subjects, ...inherited])] }));
}

/** The pages that decide how each unit goes on. */
function lastPages(pages: readonly PageCommit[]): PageCommit[] {
  return [...new Map(pages.map((page) => [page.unit, page])).values()];
}

function changeOf({ unit, cursor }: PageCommit): UnitChange {
  const rest = { attempts: 0, code: null, message: null };
  return cursor === undefined
    ? { key: unit, state: 'done', cursor: null, ...rest }
    : { key: unit, state: 'pending', cursor: jsonText(cursor), ...rest };
}

async function quarantine(transaction: Transaction<Tables>, { connection, id }: OpenRun, pages: readonly PageCommit[]): Promise<void> {
  const rows = pages.flatMap(({ unit, quarantined }) => quarantined.map((record) => ({ ...record, unit })));
  if (rows.length === 0) return;
  await sql`
    INSERT INTO ${connection.table('flow_quarantine')} (run_id, unit, record, code, message)
    SELECT ${id}, q.unit, q.record, q.code, q.message
    FROM json_to_recordset(${jsonText(rows)}::json) AS q (unit text, record text, code text, message text)`.execute(transaction);
}

async function remember(transaction: Transaction<Tables>, { connection, id, run }: OpenRun, pages: readonly PageCommit[]): Promise<void> {
  if (!run.incremental) return;
  const entries = pages.flatMap(({ unit, remember: known }) => known.map(({ key, value }) => ({ unit, key, value: jsonText(value) })));
  const rows = [...new Map(entries.map((entry) => [jsonText([entry.unit, entry.key]), entry])).values()];
  if (rows.length === 0) return;
  await sql`
    INSERT INTO ${connection.table('flow_remembered')} (run_id, unit, key, value)
    SELECT ${id}, r.unit, r.key, r.value::jsonb
    FROM json_to_recordset(${jsonText(rows)}::json) AS r (unit text, key text, value text)
    ON CONFLICT (run_id, unit, key) DO UPDATE SET value = excluded.value`.execute(transaction);
}

async function rename(transaction: Transaction<Tables>, { connection, id }: OpenRun, pages: readonly PageCommit[]): Promise<void> {
  const renamed = new Map(pages.flatMap((page) => (page.renamed ? [[page.renamed.subject, page.renamed.to] as const] : [])));
  const rows = [...renamed].map(([subject, to]) => ({ subject, to }));
  if (rows.length === 0) return;
  await sql`
    INSERT INTO ${connection.table('flow_subjects')} (run_id, subject, renamed_to)
    SELECT ${id}, r.subject, nullif(r.to, r.subject) FROM json_to_recordset(${jsonText(rows)}::json) AS r (subject text, "to" text)
    ON CONFLICT (run_id, subject) DO UPDATE SET renamed_to = excluded.renamed_to`.execute(transaction);
}

/** Before the events, and in one order, so that loads that meet do not wait for each other in a circle. */
async function notePeople(transaction: Transaction<Tables>, { connection, run }: OpenRun, pages: readonly PageCommit[]): Promise<void> {
  const rows = pages.flatMap(({ people }) => people);
  if (rows.length === 0) return;
  await sql`
    INSERT INTO ${connection.table('event_people')} (source_kind_id, type, property)
    SELECT DISTINCT ${run.sourceKindId}, p.type COLLATE "C", p.property COLLATE "C"
    FROM json_to_recordset(${jsonText(rows)}::json) AS p (type text, property text) ORDER BY 2, 3
    ON CONFLICT DO NOTHING`.execute(transaction);
}

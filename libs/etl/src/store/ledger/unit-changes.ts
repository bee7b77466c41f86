import { sql, type Transaction } from 'kysely';
import { jsonText } from '../database/json-text.js';
import type { Tables, UnitState } from '../database/tables.js';
import { ETL_LEDGER_CONFLICT } from '../errors.js';
import type { OpenRun } from './run-row.js';

/** The next state of a unit. */
export interface UnitChange {
  readonly key: string;
  readonly state: UnitState;
  /** JSON text; null: none. */
  readonly cursor: string | null;
  readonly attempts: number;
  readonly code: string | null;
  readonly message: string | null;
}

/** What the ledger has of a unit that is about to change. */
export interface LockedUnit {
  readonly key: string;
  readonly stage: string;
  readonly state: UnitState;
  readonly version: number;
  readonly attempts: number;
  readonly subjects: readonly string[];
  /** JSON text; null: none. */
  readonly cursor: string | null;
}

/** The units with the keys, locked. */
export async function lockUnits(transaction: Transaction<Tables>, { id }: OpenRun, keys: readonly string[]): Promise<Map<string, LockedUnit>> {
  const rows = await transaction
    .selectFrom('flow_units')
    .select(['key', 'stage', 'state', 'version', 'attempts', 'subjects', sql<string | null>`cursor::text`.as('cursor')])
    .where('run_id', '=', id)
    .where('key', 'in', keys)
    .orderBy('key')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/**
 * Checks that every unit is as it was when it was read. Versions that this attempt does not know yet are taken over
 * into `versions`.
 * @returns `landed` when a commit whose answer was lost has already made the change that is tried again
 * @throws CodedError ETL_LEDGER_CONFLICT
 */
export function checkVersions(
  open: OpenRun,
  locked: ReadonlyMap<string, LockedUnit>,
  versions: Map<string, number>,
  keys: readonly string[],
  triedBefore: boolean,
): 'ready' | 'landed' {
  const conflict = (unit: string, found: string, expected: string): Error =>
    ETL_LEDGER_CONFLICT({ unit, run: open.run.key, found, expected });
  let landed = 0;
  for (const key of keys) {
    const unit = locked.get(key);
    if (!unit) throw conflict(key, 'not', 'there');
    const expected = versions.get(key) ?? unit.version;
    versions.set(key, expected);
    if (triedBefore && unit.version === expected + 1) landed += 1;
    else if (unit.version !== expected) throw conflict(key, `at version ${unit.version}`, `version ${expected}`);
    else if (unit.state !== 'pending') throw conflict(key, unit.state, 'pending');
  }
  if (landed > 0 && landed < keys.length) throw conflict(keys.join(', '), 'changed in part', 'changed as a whole');
  return landed > 0 ? 'landed' : 'ready';
}

/** Changes units that are locked and checked. */
export async function changeUnits(transaction: Transaction<Tables>, { connection, id }: OpenRun, changes: readonly UnitChange[]): Promise<void> {
  await sql`
    UPDATE ${connection.table('flow_units')} u SET state = c.state, cursor = c.cursor::jsonb, attempts = c.attempts, code = c.code,
      message = c.message, version = u.version + 1
    FROM json_to_recordset(${jsonText(changes)}::json) AS c (key text, state text, cursor text, attempts integer, code text, message text)
    WHERE u.run_id = ${id} AND u.key = c.key`.execute(transaction);
}

import { sql } from 'kysely';
import type { CatalogConnectionOptions } from '../catalog.js';
import { lockTimeoutMs } from './source-errors.js';
import { compileStatement, type Statement } from './statement.js';

export const BEGIN: Statement = { text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', values: [] };

/** What the settings statement answers. */
export interface ServerFacts {
  readonly version_number: number;
  readonly version: string;
  readonly database: string;
}

/** Settings of the transaction; unknown ones of other server versions are passed over. */
export function settingsStatement({ statementTimeoutMs }: CatalogConnectionOptions): Statement {
  const settings: Readonly<Record<string, string>> = {
    // Only pg_catalog is searched, so every other name comes out qualified.
    search_path: '',
    statement_timeout: String(statementTimeoutMs),
    lock_timeout: String(lockTimeoutMs(statementTimeoutMs)),
    // The transaction idles while its reader stores what it read.
    idle_in_transaction_session_timeout: '0',
    transaction_timeout: '0',
    // Plan for reading a list to its end.
    cursor_tuple_fraction: '1',
    // Compiling costs seconds where the queries cost tenths; the server's cores are not ours.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    // Expressions are written out with constants: the same on every server.
    datestyle: 'ISO, MDY',
    intervalstyle: 'postgres',
    timezone: 'UTC',
    bytea_output: 'hex',
    extra_float_digits: '1',
    quote_all_identifiers: 'off',
  };
  const rows = Object.entries(settings).map(([name, value]) => sql`(${sql.lit(name)}, ${value}::text)`);
  return compileStatement(sql`
    SELECT
      pg_catalog.count(CASE WHEN pg_catalog.current_setting(s.name, true) IS NOT NULL THEN pg_catalog.set_config(s.name, s.value, true) END),
      pg_catalog.current_setting('server_version_num')::int4 AS version_number,
      pg_catalog.current_setting('server_version') AS version,
      pg_catalog.current_database()::text AS database
    FROM (VALUES ${sql.join(rows)}) AS s (name, value)`);
}

import { sql } from 'kysely';
import type { CatalogConnectionOptions } from '../catalog.js';
import { lockTimeoutMs } from './source-errors.js';
import { compileStatement, type Statement } from './statement.js';

/** Begins the snapshot. It idles while its reader stores what it read, and a role's own limit to that could end it at once. */
export const BEGIN: Statement = {
  text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0',
  values: [],
};

/** What the settings statement answers. */
export interface ServerFacts {
  readonly version_number: number;
  readonly version: string;
  /** As pg_encoding_to_char has it: `UTF8`. */
  readonly encoding: string;
}

/** Settings of the transaction; unknown ones of other server versions are passed over. */
export function settingsStatement({ statementTimeoutMs }: CatalogConnectionOptions): Statement {
  const settings: Readonly<Record<string, string>> = {
    // Only pg_catalog is searched, so every other name comes out qualified.
    search_path: '',
    statement_timeout: String(statementTimeoutMs),
    lock_timeout: String(lockTimeoutMs(statementTimeoutMs)),
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
    lc_monetary: 'C',
    // With it off, the backslashes of the statements' own patterns would be lost, and with them rows.
    standard_conforming_strings: 'on',
  };
  const rows = Object.entries(settings).map(([name, value]) => sql`(${sql.lit(name)}, ${value}::pg_catalog.text)`);
  // The search path is still the role's own here, so types are qualified too: a type of the user could stand in for them.
  return compileStatement(sql`
    SELECT
      pg_catalog.count(CASE WHEN pg_catalog.current_setting(s.name, true) IS NOT NULL THEN pg_catalog.set_config(s.name, s.value, true) END),
      pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version_number,
      pg_catalog.current_setting('server_version') AS version,
      pg_catalog.getdatabaseencoding()::pg_catalog.text AS encoding
    FROM (VALUES ${sql.join(rows)}) AS s (name, value)`);
}

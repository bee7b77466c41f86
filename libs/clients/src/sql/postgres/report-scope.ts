import type { ScopeReport } from '@tributary/workflow-contracts/sql-metadata';
import { sql } from 'kysely';
import type { CatalogScope } from '../catalog.js';
import { NEEDED_CATALOGS, NEEDED_FUNCTIONS, SIZE_FUNCTIONS, grantOf } from './needed-privileges.js';
import { schemaFilter } from './queries/fragments.js';
import { quoteIdentifier } from './source-errors.js';
import { compileStatement } from './statement.js';
import type { Wire } from './wire.js';

/** Names that a report spells out; it counts them all. */
const NAMES_SHOWN = 10;

/**
 * What the role may not read of a database. The catalog shows its objects to every role, so that a schema without USAGE
 * hides none; an administrator can have revoked reading the catalog itself, though.
 */
export async function reportScope(wire: Wire, scope: CatalogScope, version: number): Promise<ScopeReport[]> {
  const revoked = await wire.query<{ role: string; name: string }>(revokedStatement(scope), 'the privileges of the role');
  const closed = await wire.query<{ role: string; name: string }>(closedSchemasStatement(scope, version), 'the privileges of the role');
  const reports = revoked.map(({ role, name }): ScopeReport => {
    const fix = grantOf(name, quoteIdentifier(role));
    const reason = `role "${role}" may not use pg_catalog.${name}, which reading the catalog needs`;
    return { scope: { database: scope.database }, verdict: 'unreadable', reason, ...(fix && { fix }), count: 1 };
  });
  return [...reports, ...closedSchemas(scope, closed)];
}

function closedSchemas({ database }: CatalogScope, rows: readonly { role: string; name: string }[]): ScopeReport[] {
  const [first] = rows;
  if (!first) return [];
  const names = rows.slice(0, NAMES_SHOWN).map(({ name }) => quoteIdentifier(name));
  const more = rows.length > names.length ? ` and ${rows.length - names.length} more` : '';
  return [
    {
      scope: { database },
      verdict: 'partial',
      reason:
        `role "${first.role}" has no USAGE on ${rows.length} schemas (${names.join(', ')}${more}): the catalog describes their objects ` +
        'all the same, and the output has them; their data, statistics of columns and current values of sequences are out of its reach',
      fix: `GRANT USAGE ON SCHEMA ${names.join(', ')} TO ${quoteIdentifier(first.role)}`,
      count: rows.length,
    },
  ];
}

function closedSchemasStatement(scope: CatalogScope, version: number): ReturnType<typeof compileStatement> {
  return compileStatement(sql`
    SELECT CURRENT_USER::text AS role, n.nspname AS name FROM pg_catalog.pg_namespace n
    WHERE ${schemaFilter({ scope, version })} AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE') ORDER BY n.nspname`);
}

function revokedStatement({ relationSizes = false }: CatalogScope): ReturnType<typeof compileStatement> {
  const functions = Object.entries(NEEDED_FUNCTIONS)
    .filter(([name]) => relationSizes || !SIZE_FUNCTIONS.includes(name))
    .map(([name, types]) => sql`(${sql.lit(name)}, ${sql.lit(`pg_catalog.${name}(${types})`)})`);
  const catalogs = NEEDED_CATALOGS.map((name) => sql`(${sql.lit(name)})`);
  // A function that this server version lacks has no oid, and so no privilege that could be missing.
  return compileStatement(sql`
    SELECT CURRENT_USER::text AS role, c.name FROM (VALUES ${sql.join(catalogs)}) AS c (name)
    WHERE NOT pg_catalog.has_table_privilege(('pg_catalog.' || c.name)::regclass, 'SELECT')
    UNION ALL
    SELECT CURRENT_USER::text, f.name FROM (VALUES ${sql.join(functions)}) AS f (name, signature)
    WHERE NOT pg_catalog.has_function_privilege(pg_catalog.to_regprocedure(f.signature), 'EXECUTE')`);
}

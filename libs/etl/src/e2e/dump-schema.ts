import { sql, type Kysely } from 'kysely';
import type { Tables } from '../store/index.js';

/** SQL that makes a schema with its rows as it is now: what tests of later versions start from. */
export async function dumpSchema(db: Kysely<Tables>, schema: string): Promise<string> {
  const name = (table: string): string => `"${schema}"."${table}"`;
  const statements = [`CREATE SCHEMA "${schema}"`];
  const tables = await rowsOf<{ table: string; columns: string }>(db, sql`
    SELECT c.relname AS table, string_agg(concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
      ' COLLATE "' || (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation) || '"',
      CASE WHEN a.attnotnull THEN ' NOT NULL' END, CASE WHEN a.attidentity <> '' THEN ' GENERATED ALWAYS AS IDENTITY' END,
      ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = ${schema}::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`);
  for (const { table, columns } of tables) {
    statements.push(`CREATE TABLE ${name(table)} (${columns})`);
    const rows = await rowsOf<{ row: unknown }>(db, sql`SELECT to_jsonb(t) AS row FROM ${sql.id(schema, table)} t ORDER BY t`);
    const literal = `'${JSON.stringify(rows.map(({ row }) => row)).replaceAll("'", "''")}'`;
    statements.push(`INSERT INTO ${name(table)} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${name(table)}, ${literal})`);
  }
  const constraints = await rowsOf<{ sql: string }>(db, sql`
    SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS sql
    FROM pg_constraint WHERE connamespace = ${schema}::regnamespace AND contype IN ('p', 'u', 'f', 'c')
    ORDER BY contype = 'f', conrelid::regclass::text, conname`);
  const indexes = await rowsOf<{ sql: string }>(db, sql`
    SELECT pg_get_indexdef(i.indexrelid) AS sql FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
    WHERE x.relnamespace = ${schema}::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid) ORDER BY 1`);
  const comments = await rowsOf<{ sql: string }>(db, sql`
    SELECT format('COMMENT ON %s IS %L', CASE WHEN d.objsubid = 0 THEN format('TABLE %s', c.oid::regclass)
      ELSE format('COLUMN %s.%I', c.oid::regclass, a.attname) END, d.description) AS sql
    FROM pg_description d JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
    WHERE c.relnamespace = ${schema}::regnamespace ORDER BY c.relname, d.objsubid`);
  const sequences = await rowsOf<{ sql: string }>(db, sql`
    SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), 1000)', a.attrelid::regclass, a.attname) AS sql
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = ${schema}::regnamespace AND a.attidentity <> '' ORDER BY 1`);
  return [...statements, ...[...constraints, ...indexes, ...comments, ...sequences].map((row) => row.sql)].map((statement) => `${statement};\n`).join('');
}

async function rowsOf<T>(db: Kysely<Tables>, query: ReturnType<typeof sql>): Promise<T[]> {
  return (await query.execute(db)).rows as T[];
}

import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';

/** A schema as PostgreSQL has it, without names that the server chose. */
export type SchemaDescription = Readonly<Record<string, TableDescription>>;

export interface TableDescription {
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnDescription>>;
  /** Indexes, those of keys included: `UNIQUE btree (a, b) WHERE c`, in ascending order. */
  readonly indexes: readonly string[];
  /** Keys, references and checks, in ascending order. */
  readonly constraints: readonly string[];
}

export interface ColumnDescription {
  readonly description: string;
  /** Type with its modifier and, where it is not the database's own, its collation. */
  readonly type: string;
  readonly nullable: boolean;
  /** Expression, or `identity`; empty: none. */
  readonly byDefault: string;
}

/** Reads tables, columns, indexes and constraints of a schema; migration's own tables are left out. */
export async function describeSchema(db: Kysely<Tables>, schema: string): Promise<SchemaDescription> {
  const { rows } = await sql<{ table: string } & TableDescription>`
    SELECT c.relname AS table, coalesce(obj_description(c.oid, 'pg_class'), '') AS description,
      (SELECT json_object_agg(a.attname, json_build_object(
          'description', coalesce(col_description(a.attrelid, a.attnum), ''),
          'type', format_type(a.atttypid, a.atttypmod) || coalesce((
            SELECT ' COLLATE ' || l.collname FROM pg_collation l WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation), ''),
          'nullable', NOT a.attnotnull,
          'byDefault', CASE WHEN a.attidentity <> '' THEN 'identity' ELSE coalesce(pg_get_expr(d.adbin, d.adrelid), '') END
        ) ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT coalesce(json_agg(definition ORDER BY definition COLLATE "C"), '[]') FROM (
        SELECT concat(CASE WHEN i.indisunique THEN 'UNIQUE ' END, m.amname, ' (',
          (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n),
          ')', ' WHERE ' || pg_get_expr(i.indpred, i.indrelid)) AS definition
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
        WHERE i.indrelid = c.oid AND i.indisvalid) AS per_index) AS indexes,
      (SELECT coalesce(json_agg(definition ORDER BY definition COLLATE "C"), '[]') FROM (
        SELECT replace(pg_get_constraintdef(k.oid), quote_ident(${schema}) || '.', '') AS definition
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c') AND k.convalidated) AS per_constraint) AS constraints
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ${schema} AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('migrations', 'migrations_lock')
    ORDER BY c.relname COLLATE "C"`.execute(db);
  return Object.fromEntries(rows.map(({ table, ...description }) => [table, description]));
}

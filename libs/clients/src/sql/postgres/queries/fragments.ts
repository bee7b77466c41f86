import type { RelationPointer, RelationType } from '@tributary/workflow-contracts/sql-metadata';
import { sql, type RawBuilder } from 'kysely';
import { compileFilters } from '../../filters/compile.js';
import type { QueryContext } from '../kind-query.js';

/** pg_class.relkind of relations with columns, and what it is called in records. */
export const RELATION_TYPES: Readonly<Record<string, RelationType>> = {
  r: 'table',
  p: 'partitioned-table',
  f: 'foreign-table',
  v: 'view',
  m: 'materialized-view',
};

/** Condition: pg_class as `c` is a relation with columns. */
export const isRelation = sql<boolean>`c.relkind IN ('r', 'p', 'f', 'v', 'm')`;

/** Condition: pg_class `c` was never analyzed. Before 14 such a table has 0 rows, as an empty one has. */
export function isNeverAnalyzed(version: number): RawBuilder<boolean> {
  return version >= 140000 ? sql<boolean>`c.reltuples < 0` : sql<boolean>`c.reltuples = 0 AND c.relpages = 0`;
}

/** The planner's estimate of the rows of pg_class `c`. */
export function rowEstimateOf(version: number): RawBuilder<number | null> {
  return sql<number | null>`CASE WHEN c.relkind <> 'v' AND NOT (${isNeverAnalyzed(version)}) THEN pg_catalog.round(c.reltuples::float8) END`;
}

/** Comment of an object: pg_description as `s`. `catalog` names the catalog of the object. */
export function commentJoin(catalog: string, oid: RawBuilder<unknown>, column: RawBuilder<unknown> = sql`0`): RawBuilder<unknown> {
  return sql`LEFT JOIN pg_catalog.pg_description s
    ON s.objoid = ${oid} AND s.classoid = ${sql.lit(`pg_catalog.${catalog}`)}::regclass AND s.objsubid = ${column}`;
}

/** Condition: the filters let through the object that `name` names, in the schema that pg_namespace `n` is. */
export function objectFilter({ scope }: QueryContext, name: RawBuilder<string> = sql`c.relname`): RawBuilder<boolean> {
  return compileFilters(scope.filters, scope.database, { schema: sql`n.nspname`, object: name });
}

/** Condition: the filters let through the schema that pg_namespace `n` is. */
export function schemaFilter({ scope }: QueryContext): RawBuilder<boolean> {
  return compileFilters(scope.filters, scope.database, { schema: sql`n.nspname` });
}

/** The relation of a row's columns, or null for a row that has none. */
export function pointerTo(
  schema: string | null,
  name: string | null,
  relationKind: string | null,
  isPartition: boolean | null,
): RelationPointer | null {
  if (schema === null || name === null) return null;
  return { schema, name, type: relationTypeOf(relationKind), isPartition: isPartition ?? false };
}

export function relationTypeOf(relationKind: string | null): RelationType {
  const type = RELATION_TYPES[relationKind ?? ''];
  if (!type) throw new Error(`pg_class.relkind "${relationKind}" is no relation with columns`);
  return type;
}

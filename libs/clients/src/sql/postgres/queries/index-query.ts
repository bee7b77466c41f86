import { sql } from 'kysely';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, objectFilter, relationTypeOf } from './fragments.js';

/** Indexes of tables and materialized views, those of constraints included. */
export function indexQuery(context: QueryContext): KindQuery {
  const { database } = context.scope;
  return kindQuery({
    from: sql`pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
      JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`,
    where: sql`c.relkind IN ('r', 'p', 'm') AND ${objectFilter(context)}`,
    decorations: sql`
      LEFT JOIN (
        SELECT i.indexrelid, pg_catalog.array_agg(a.attname::text ORDER BY u.place) AS names
        FROM pg_catalog.pg_index i
        CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, place)
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum
        GROUP BY i.indexrelid
      ) key ON key.indexrelid = i.indexrelid
      LEFT JOIN pg_catalog.pg_am am ON am.oid = x.relam
      LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = x.reltablespace
      ${commentJoin('pg_class', sql`i.indexrelid`)}`,
    expressions: {
      oid: sql<number>`i.indexrelid`,
      schema: sql<string>`n.nspname`,
      relation: sql<string>`c.relname`,
      kind: sql<string>`c.relkind`,
      isPartition: sql<boolean>`c.relispartition`,
      name: sql<string>`x.relname`,
      method: sql<string>`am.amname`,
      unique: sql<boolean>`i.indisunique`,
      primary: sql<boolean>`i.indisprimary`,
      exclusion: sql<boolean>`i.indisexclusion`,
      valid: sql<boolean>`i.indisvalid`,
      nullsNotDistinct: context.version >= 150000 ? sql<boolean>`i.indnullsnotdistinct` : sql<boolean>`false`,
      keyColumns: sql<number>`i.indnkeyatts`,
      names: sql<(string | null)[]>`key.names`,
      expressions: sql<string | null>`CASE WHEN i.indexprs IS NOT NULL THEN pg_catalog.pg_get_expr(i.indexprs, i.indrelid) END`,
      predicate: sql<string | null>`CASE WHEN i.indpred IS NOT NULL THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid) END`,
      definition: sql<string>`pg_catalog.pg_get_indexdef(i.indexrelid)`,
      tablespace: sql<string | null>`ts.spcname`,
      comment: sql<string | null>`s.description`,
    },
    keys: [sql`i.indexrelid`],
    mapper: () => (row) => {
      const includes = row.names.slice(row.keyColumns).filter((name) => name !== null);
      return {
        oid: row.oid,
        database,
        schema: row.schema,
        relation: row.relation,
        relationType: relationTypeOf(row.kind),
        isPartition: row.isPartition,
        name: row.name,
        method: row.method,
        unique: row.unique,
        primary: row.primary,
        exclusion: row.exclusion,
        valid: row.valid,
        nullsNotDistinct: row.nullsNotDistinct,
        columns: row.names.slice(0, row.keyColumns),
        includes: includes.length ? includes : null,
        expressions: row.expressions,
        predicate: row.predicate,
        definition: row.definition,
        tablespace: row.tablespace,
        comment: row.comment,
      };
    },
  });
}

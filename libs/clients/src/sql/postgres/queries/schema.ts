import { sql } from 'kysely';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, isRelation, objectFilter, schemaFilter } from './fragments.js';

/** Schemas, empty ones included. */
export function schemaQuery(context: QueryContext): KindQuery {
  const { database } = context.scope;
  return kindQuery({
    from: sql`pg_catalog.pg_namespace n`,
    where: schemaFilter(context),
    decorations: sql`
      LEFT JOIN (
        SELECT c.relnamespace, count(*) FILTER (WHERE c.relkind IN ('r', 'p', 'f')) AS tables, count(*) FILTER (WHERE c.relkind IN ('v', 'm')) AS views
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE ${isRelation} AND ${objectFilter(context)}
        GROUP BY c.relnamespace
      ) content ON content.relnamespace = n.oid
      ${commentJoin('pg_namespace', sql`n.oid`)}`,
    expressions: {
      oid: sql<number>`n.oid`,
      name: sql<string>`n.nspname`,
      owner: sql<string>`pg_catalog.pg_get_userbyid(n.nspowner)`,
      comment: sql<string | null>`s.description`,
      tableCount: sql<number>`COALESCE(content.tables, 0)::float8`,
      viewCount: sql<number>`COALESCE(content.views, 0)::float8`,
    },
    keys: [sql`n.oid`],
    mapper: () => (row) => ({
      oid: row.oid,
      database,
      name: row.name,
      owner: row.owner,
      comment: row.comment,
      tableCount: row.tableCount,
      viewCount: row.viewCount,
    }),
  });
}

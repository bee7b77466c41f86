import { sql } from 'kysely';
import { matchFilters } from '../../filters/match.js';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { schemaFilter } from './fragments.js';

/** The database that the session is signed in to. */
export function databaseQuery(context: QueryContext): KindQuery {
  const { scope } = context;
  const { included } = matchFilters(scope.filters, { database: scope.database });
  return kindQuery({
    from: sql`pg_catalog.pg_database d`,
    where: sql`d.datname = pg_catalog.current_database() AND ${sql.lit(included)}`,
    decorations: sql`
      LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = d.dattablespace
      LEFT JOIN pg_catalog.pg_shdescription s ON s.objoid = d.oid AND s.classoid = 'pg_catalog.pg_database'::regclass`,
    expressions: {
      oid: sql<number>`d.oid`,
      owner: sql<string>`pg_catalog.pg_get_userbyid(d.datdba)`,
      comment: sql<string | null>`s.description`,
      encoding: sql<string>`pg_catalog.pg_encoding_to_char(d.encoding)`,
      collation: sql<string | null>`d.datcollate::text`,
      characterType: sql<string | null>`d.datctype::text`,
      tablespace: sql<string>`ts.spcname`,
      sizeBytes: scope.relationSizes ? sql<number | null>`pg_catalog.pg_database_size(d.oid)::float8` : sql<null>`NULL::float8`,
      schemaCount: sql<number>`(SELECT count(*)::float8 FROM pg_catalog.pg_namespace n WHERE ${schemaFilter(context)})`,
    },
    keys: [sql`d.oid`],
    mapper: () => (row) => ({
      oid: row.oid,
      database: scope.database,
      owner: row.owner,
      comment: row.comment,
      encoding: row.encoding,
      collation: row.collation,
      characterType: row.characterType,
      tablespace: row.tablespace,
      sizeBytes: row.sizeBytes,
      schemaCount: row.schemaCount,
    }),
  });
}

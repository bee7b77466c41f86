import { sql } from 'kysely';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, objectFilter, pointerTo } from './fragments.js';

/** Sequences, those behind serial and identity columns included. */
export function sequenceQuery(context: QueryContext): KindQuery {
  const { database } = context.scope;
  return kindQuery({
    from: sql`pg_catalog.pg_sequence q
      JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`,
    where: objectFilter(context),
    decorations: sql`
      LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_catalog.pg_class o ON o.oid = d.refobjid
      LEFT JOIN pg_catalog.pg_namespace os ON os.oid = o.relnamespace
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      ${commentJoin('pg_class', sql`c.oid`)}`,
    expressions: {
      oid: sql<number>`c.oid`,
      schema: sql<string>`n.nspname`,
      name: sql<string>`c.relname`,
      owner: sql<string>`pg_catalog.pg_get_userbyid(c.relowner)`,
      comment: sql<string | null>`s.description`,
      type: sql<string>`pg_catalog.format_type(q.seqtypid, NULL)`,
      start: sql<string>`q.seqstart::text`,
      increment: sql<string>`q.seqincrement::text`,
      minimum: sql<string>`q.seqmin::text`,
      maximum: sql<string>`q.seqmax::text`,
      cache: sql<string>`q.seqcache::text`,
      cycle: sql<boolean>`q.seqcycle`,
      ownerSchema: sql<string | null>`os.nspname`,
      ownerName: sql<string | null>`o.relname`,
      ownerKind: sql<string | null>`o.relkind`,
      ownerIsPartition: sql<boolean | null>`o.relispartition`,
      ownerColumn: sql<string | null>`a.attname`,
      dependency: sql<string | null>`d.deptype`,
    },
    keys: [sql`c.oid`],
    mapper: () => (row) => {
      const relation = pointerTo(row.ownerSchema, row.ownerName, row.ownerKind, row.ownerIsPartition);
      return {
        oid: row.oid,
        database,
        schema: row.schema,
        name: row.name,
        owner: row.owner,
        comment: row.comment,
        type: row.type,
        start: row.start,
        increment: row.increment,
        minimum: row.minimum,
        maximum: row.maximum,
        cache: row.cache,
        cycle: row.cycle,
        ownedBy: relation && { relation, column: row.ownerColumn ?? '', identity: row.dependency === 'i' },
      };
    },
  });
}

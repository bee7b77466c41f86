import { sql } from 'kysely';
import type { CatalogCursor } from '../../catalog.js';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, isRelation, objectFilter, relationTypeOf } from './fragments.js';
import { typeModifiersOf } from './type-modifiers.js';

const IDENTITY = { '': null, a: 'always', d: 'by default' } as const;
const GENERATED = { '': null, s: 'stored', v: 'virtual' } as const;

/** Columns of every relation; dropped ones never. */
export function columnQuery(context: QueryContext): KindQuery {
  const { database } = context.scope;
  return kindQuery({
    from: sql`pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`,
    where: sql`a.attnum > 0 AND NOT a.attisdropped AND ${isRelation} AND ${objectFilter(context)}`,
    decorations: sql`
      LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
      LEFT JOIN pg_catalog.pg_partitioned_table pt ON pt.partrelid = a.attrelid
      LEFT JOIN (
        SELECT enumtypid, pg_catalog.array_agg(enumlabel::text ORDER BY enumsortorder) AS labels FROM pg_catalog.pg_enum GROUP BY enumtypid
      ) e ON e.enumtypid = t.oid
      LEFT JOIN (
        SELECT k.conrelid, u.attnum, bool_or(k.contype = 'p') AS is_primary, bool_or(k.contype = 'f') AS is_foreign, bool_or(k.contype = 'u') AS is_unique
        FROM pg_catalog.pg_constraint k CROSS JOIN LATERAL pg_catalog.unnest(k.conkey) AS u (attnum)
        WHERE k.contype IN ('p', 'f', 'u') GROUP BY k.conrelid, u.attnum
      ) m ON m.conrelid = a.attrelid AND m.attnum = a.attnum
      ${commentJoin('pg_class', sql`a.attrelid`, sql`a.attnum`)}`,
    expressions: {
      oid: sql<number>`a.attrelid`,
      attributeNumber: sql<number>`a.attnum`,
      schema: sql<string>`n.nspname`,
      relation: sql<string>`c.relname`,
      kind: sql<string>`c.relkind`,
      isPartition: sql<boolean>`c.relispartition`,
      name: sql<string>`a.attname`,
      type: sql<string>`pg_catalog.format_type(a.atttypid, a.atttypmod)`,
      baseType: sql<string | null>`CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END`,
      enumLabels: sql<string[] | null>`e.labels`,
      typeOid: sql<number>`CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END`,
      modifier: sql<number>`CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END`,
      ownModifier: sql<number>`a.atttypmod`,
      nullable: sql<boolean>`NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull))`,
      expression: sql<string | null>`CASE WHEN d.oid IS NOT NULL THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END`,
      identity: sql<keyof typeof IDENTITY>`a.attidentity`,
      generated: sql<keyof typeof GENERATED>`a.attgenerated`,
      collation: sql<string | null>`co.collname`,
      comment: sql<string | null>`s.description`,
      isPrimaryKey: sql<boolean | null>`m.is_primary`,
      isForeignKey: sql<boolean | null>`m.is_foreign`,
      isUnique: sql<boolean | null>`m.is_unique`,
      isPartitionKey: sql<boolean | null>`a.attnum = ANY (pt.partattrs)`,
    },
    keys: [sql`a.attrelid`, sql`a.attnum`],
    mapper: (after) => {
      const positionOf = positions(after);
      return (row) => {
        const modifiers = typeModifiersOf(row.typeOid, row.modifier);
        return {
          oid: row.oid,
          attributeNumber: row.attributeNumber,
          database,
          schema: row.schema,
          relation: row.relation,
          relationType: relationTypeOf(row.kind),
          isPartition: row.isPartition,
          name: row.name,
          position: positionOf(row.oid),
          type: row.type,
          typeName: row.ownModifier < 0 ? row.type : row.type.replace(/\([-\d, ]+\)/, ''),
          baseType: row.baseType,
          enumLabels: row.enumLabels,
          length: modifiers.length,
          precision: modifiers.precision,
          scale: modifiers.scale,
          nullable: row.nullable,
          defaultValue: row.generated === '' ? row.expression : null,
          identity: IDENTITY[row.identity],
          generated: GENERATED[row.generated],
          generationExpression: row.generated === '' ? null : row.expression,
          collation: row.collation,
          comment: row.comment,
          isPrimaryKey: row.isPrimaryKey ?? false,
          isForeignKey: row.isForeignKey ?? false,
          isUnique: row.isUnique ?? false,
          isPartitionKey: row.isPartitionKey ?? false,
        };
      };
    },
  });
}

/** Numbers the columns of each relation from 1 as they come; a resumed read goes on behind its cursor. */
function positions(after: CatalogCursor | undefined): (relation: number) => number {
  let current = after?.[0];
  let position = Number(after?.[2] ?? 0);
  return (relation) => {
    position = relation === current ? position + 1 : 1;
    current = relation;
    return position;
  };
}

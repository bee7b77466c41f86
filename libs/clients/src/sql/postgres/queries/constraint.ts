import type { ConstraintType, ForeignKeyAction } from '@tributary/workflow-contracts/sql-metadata';
import { sql, type RawBuilder } from 'kysely';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, objectFilter, pointerTo, relationTypeOf } from './fragments.js';

const TYPES: Readonly<Record<string, ConstraintType>> = {
  p: 'primary-key',
  f: 'foreign-key',
  u: 'unique',
  c: 'check',
  x: 'exclusion',
};
const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};
const MATCHES = { s: 'simple', f: 'full', p: 'partial' } as const;

/** Constraints of tables. NOT NULL is told by the columns; constraint triggers and those of domains are none. */
export function constraintQuery(context: QueryContext): KindQuery {
  const { database } = context.scope;
  return kindQuery({
    from: sql`pg_catalog.pg_constraint k
      JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`,
    where: sql`k.contype IN ('p', 'f', 'u', 'c', 'x') AND ${objectFilter(context)}`,
    decorations: sql`
      LEFT JOIN ${columnNames(sql`k.conkey`, sql`k.conrelid`)} own ON own.oid = k.oid
      LEFT JOIN ${columnNames(sql`k.confkey`, sql`k.confrelid`)} other ON other.oid = k.oid
      LEFT JOIN pg_catalog.pg_class target ON target.oid = k.confrelid
      LEFT JOIN pg_catalog.pg_namespace target_schema ON target_schema.oid = target.relnamespace
      ${commentJoin('pg_constraint', sql`k.oid`)}`,
    expressions: {
      oid: sql<number>`k.oid`,
      schema: sql<string>`n.nspname`,
      relation: sql<string>`c.relname`,
      kind: sql<string>`c.relkind`,
      isPartition: sql<boolean>`c.relispartition`,
      name: sql<string>`k.conname`,
      type: sql<string>`k.contype`,
      columns: sql<string[] | null>`own.names`,
      targetSchema: sql<string | null>`target_schema.nspname`,
      targetName: sql<string | null>`target.relname`,
      targetKind: sql<string | null>`target.relkind`,
      targetIsPartition: sql<boolean | null>`target.relispartition`,
      targetColumns: sql<string[] | null>`other.names`,
      onUpdate: sql<string>`k.confupdtype`,
      onDelete: sql<string>`k.confdeltype`,
      match: sql<string>`k.confmatchtype`,
      deferrable: sql<boolean>`k.condeferrable`,
      initiallyDeferred: sql<boolean>`k.condeferred`,
      validated: sql<boolean>`k.convalidated`,
      enforced: context.version >= 180000 ? sql<boolean>`k.conenforced` : sql<boolean>`true`,
      expression: sql<string | null>`CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END`,
      definition: sql<string>`pg_catalog.pg_get_constraintdef(k.oid)`,
      comment: sql<string | null>`s.description`,
    },
    keys: [sql`k.oid`],
    mapper: () => (row) => {
      const isForeignKey = row.type === 'f';
      return {
        oid: row.oid,
        database,
        schema: row.schema,
        relation: row.relation,
        relationType: relationTypeOf(row.kind),
        isPartition: row.isPartition,
        name: row.name,
        type: TYPES[row.type] as ConstraintType,
        columns: row.columns,
        target: isForeignKey ? pointerTo(row.targetSchema, row.targetName, row.targetKind, row.targetIsPartition) : null,
        targetColumns: isForeignKey ? row.targetColumns : null,
        onUpdate: (isForeignKey && ACTIONS[row.onUpdate]) || null,
        onDelete: (isForeignKey && ACTIONS[row.onDelete]) || null,
        match: isForeignKey ? MATCHES[row.match as keyof typeof MATCHES] : null,
        deferrable: row.deferrable,
        initiallyDeferred: row.initiallyDeferred,
        validated: row.validated,
        enforced: row.enforced,
        expression: row.expression,
        definition: row.definition,
        comment: row.comment,
      };
    },
  });
}

/** Sub-select: names of the columns that a key of attribute numbers lists, in its order, by the constraint's oid. */
function columnNames(key: RawBuilder<unknown>, relation: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    SELECT k.oid, pg_catalog.array_agg(a.attname::text ORDER BY u.place) AS names
    FROM pg_catalog.pg_constraint k
    CROSS JOIN LATERAL pg_catalog.unnest(${key}) WITH ORDINALITY AS u (attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.attnum
    WHERE k.contype IN ('p', 'f', 'u', 'c', 'x')
    GROUP BY k.oid
  )`;
}

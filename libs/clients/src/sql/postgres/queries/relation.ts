import { sql } from 'kysely';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, isNeverAnalyzed, isRelation, objectFilter, pointerTo, relationTypeOf, rowEstimateOf } from './fragments.js';
import { maskOptions } from './mask-options.js';

const PERSISTENCE = { p: 'permanent', u: 'unlogged', t: 'temporary' } as const;
const STRATEGIES = { l: 'list', r: 'range', h: 'hash' } as const;

/** Tables, partitions, foreign tables, views and materialized views. */
export function relationQuery(context: QueryContext): KindQuery {
  const { scope, version } = context;
  const neverAnalyzed = isNeverAnalyzed(version);
  const totalBytes = sql<number | null>`CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_total_relation_size(c.oid)::float8 END`;
  return kindQuery({
    from: sql`pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`,
    where: sql`${isRelation} AND ${objectFilter(context)}`,
    decorations: sql`
      LEFT JOIN (
        SELECT attrelid, count(*) AS columns FROM pg_catalog.pg_attribute WHERE attisdropped AND attnum > 0 GROUP BY attrelid
      ) dropped ON dropped.attrelid = c.oid
      LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
      LEFT JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
      LEFT JOIN pg_catalog.pg_namespace parent_schema ON parent_schema.oid = parent.relnamespace
      LEFT JOIN (SELECT inhparent, count(*) AS partitions FROM pg_catalog.pg_inherits GROUP BY inhparent) below
        ON below.inhparent = c.oid AND c.relkind = 'p'
      LEFT JOIN (
        SELECT i.inhrelid, pg_catalog.array_agg(pg_catalog.format('%I.%I', n.nspname, p.relname) ORDER BY i.inhseqno) AS names
        FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind IN ('r', 'f')
        JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
        GROUP BY i.inhrelid
      ) ancestors ON ancestors.inhrelid = c.oid
      LEFT JOIN pg_catalog.pg_partitioned_table pt ON pt.partrelid = c.oid
      LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
      LEFT JOIN pg_catalog.pg_foreign_server fs ON fs.oid = ft.ftserver
      LEFT JOIN pg_catalog.pg_foreign_data_wrapper fw ON fw.oid = fs.srvfdw
      LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
      LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
      ${commentJoin('pg_class', sql`c.oid`)}`,
    expressions: {
      oid: sql<number>`c.oid`,
      schema: sql<string>`n.nspname`,
      name: sql<string>`c.relname`,
      kind: sql<string>`c.relkind`,
      owner: sql<string>`pg_catalog.pg_get_userbyid(c.relowner)`,
      comment: sql<string | null>`s.description`,
      columnCount: sql<number>`(c.relnatts - COALESCE(dropped.columns, 0))::int4`,
      rowEstimate: rowEstimateOf(version),
      byteEstimate: sql<number | null>`CASE WHEN c.relkind IN ('r', 'm') AND NOT (${neverAnalyzed})
        THEN c.relpages::float8 * pg_catalog.current_setting('block_size')::float8 END`,
      totalBytes: scope.relationSizes ? totalBytes : sql<null>`NULL::float8`,
      persistence: sql<keyof typeof PERSISTENCE>`c.relpersistence`,
      isPartition: sql<boolean>`c.relispartition`,
      parentSchema: sql<string | null>`parent_schema.nspname`,
      parentName: sql<string | null>`parent.relname`,
      parentKind: sql<string | null>`parent.relkind`,
      parentIsPartition: sql<boolean | null>`parent.relispartition`,
      partitionBound: sql<string | null>`CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END`,
      partitionStrategy: sql<keyof typeof STRATEGIES | null>`pt.partstrat`,
      partitionKey: sql<string | null>`CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END`,
      partitionKeySize: sql<number>`COALESCE(pt.partnatts, 0)::int4`,
      partitionCount: sql<number>`COALESCE(below.partitions, 0)::int4`,
      inherits: sql<string[] | null>`ancestors.names`,
      foreignServer: sql<string | null>`fs.srvname`,
      foreignDataWrapper: sql<string | null>`fw.fdwname`,
      foreignOptions: sql<string[] | null>`ft.ftoptions`,
      definition: sql<string | null>`CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END`,
      isPopulated: sql<boolean>`c.relispopulated`,
      hasIndexes: sql<boolean>`c.relhasindex`,
      hasTriggers: sql<boolean>`c.relhastriggers`,
      hasRules: sql<boolean>`c.relhasrules`,
      rowSecurity: sql<boolean>`c.relrowsecurity`,
      rowSecurityForced: sql<boolean>`c.relforcerowsecurity`,
      ofType: sql<string | null>`CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END`,
      accessMethod: sql<string | null>`am.amname`,
      tablespace: sql<string | null>`ts.spcname`,
      options: sql<string[] | null>`c.reloptions`,
    },
    keys: [sql`c.oid`],
    mapper: () => (row) => ({
      oid: row.oid,
      database: scope.database,
      schema: row.schema,
      name: row.name,
      type: relationTypeOf(row.kind),
      owner: row.owner,
      comment: row.comment,
      columnCount: row.columnCount,
      rowEstimate: row.rowEstimate,
      byteEstimate: row.byteEstimate,
      totalBytes: row.totalBytes,
      persistence: PERSISTENCE[row.persistence],
      isPartition: row.isPartition,
      partitionOf: pointerTo(row.parentSchema, row.parentName, row.parentKind, row.parentIsPartition),
      partitionBound: row.partitionBound,
      partitionStrategy: row.partitionStrategy && STRATEGIES[row.partitionStrategy],
      partitionKey: row.partitionKey,
      partitionKeySize: row.partitionKeySize,
      partitionCount: row.partitionCount,
      inherits: row.inherits,
      foreignServer: row.foreignServer,
      foreignDataWrapper: row.foreignDataWrapper,
      foreignOptions: row.foreignOptions && maskOptions(row.foreignOptions),
      definition: row.definition,
      isPopulated: row.isPopulated,
      hasIndexes: row.hasIndexes,
      hasTriggers: row.hasTriggers,
      hasRules: row.hasRules,
      rowSecurity: row.rowSecurity,
      rowSecurityForced: row.rowSecurityForced,
      ofType: row.ofType,
      accessMethod: row.accessMethod,
      tablespace: row.tablespace,
      options: row.options,
    }),
  });
}

import { sql } from 'kysely';
import { kindQuery, type KindQuery, type QueryContext } from '../kind-query.js';
import { commentJoin, objectFilter } from './fragments.js';

const TYPES = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' } as const;
const VOLATILITY = { i: 'immutable', s: 'stable', v: 'volatile' } as const;
const PARALLEL = { s: 'safe', r: 'restricted', u: 'unsafe' } as const;

/** Functions, procedures, aggregates and window functions, those of extensions included and marked. */
export function routineQuery(context: QueryContext): KindQuery {
  const { database } = context.scope;
  // A body in standard SQL is kept parsed, since 14; the source text is empty then.
  const body =
    context.version >= 140000
      ? sql`CASE WHEN p.prosqlbody IS NOT NULL THEN pg_catalog.pg_get_function_sqlbody(p.oid) ELSE p.prosrc END`
      : sql`p.prosrc`;
  return kindQuery({
    from: sql`pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace`,
    where: objectFilter(context, sql`p.proname`),
    decorations: sql`
      LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang
      LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
        AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e'
      LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
      ${commentJoin('pg_proc', sql`p.oid`)}`,
    expressions: {
      oid: sql<number>`p.oid`,
      schema: sql<string>`n.nspname`,
      name: sql<string>`p.proname`,
      type: sql<keyof typeof TYPES>`p.prokind`,
      owner: sql<string>`pg_catalog.pg_get_userbyid(p.proowner)`,
      comment: sql<string | null>`s.description`,
      signature: sql<string>`pg_catalog.oidvectortypes(p.proargtypes)`,
      arguments: sql<string>`pg_catalog.pg_get_function_arguments(p.oid)`,
      resultType: sql<string | null>`pg_catalog.pg_get_function_result(p.oid)`,
      language: sql<string>`l.lanname`,
      volatility: sql<keyof typeof VOLATILITY>`p.provolatile`,
      parallel: sql<keyof typeof PARALLEL>`p.proparallel`,
      securityDefiner: sql<boolean>`p.prosecdef`,
      strict: sql<boolean>`p.proisstrict`,
      leakproof: sql<boolean>`p.proleakproof`,
      returnsSet: sql<boolean>`p.proretset`,
      body: sql<string | null>`CASE WHEN p.prokind <> 'a' THEN ${body} END`,
      extension: sql<string | null>`e.extname`,
    },
    keys: [sql`p.oid`],
    mapper: () => (row) => ({
      oid: row.oid,
      database,
      schema: row.schema,
      name: row.name,
      type: TYPES[row.type],
      owner: row.owner,
      comment: row.comment,
      signature: row.signature,
      arguments: row.arguments,
      resultType: row.type === 'p' ? null : row.resultType,
      language: row.language,
      volatility: VOLATILITY[row.volatility],
      parallel: PARALLEL[row.parallel],
      securityDefiner: row.securityDefiner,
      strict: row.strict,
      leakproof: row.leakproof,
      returnsSet: row.returnsSet,
      body: row.body,
      extension: row.extension,
    }),
  });
}

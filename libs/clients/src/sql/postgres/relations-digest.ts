import { sql } from 'kysely';
import type { CatalogScope } from '../catalog.js';
import { isRelation, objectFilter } from './queries/fragments.js';
import { compileStatement } from './statement.js';
import type { Wire } from './wire.js';

/** See `CatalogSession.relationsDigest`. A sum, so that no order is needed. */
export async function relationsDigest(wire: Wire, scope: CatalogScope, version: number): Promise<string> {
  const statement = compileStatement(sql`
    SELECT pg_catalog.concat_ws('/', count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws('/', c.oid, n.nspname, c.relname) COLLATE pg_catalog."C", 0))) AS digest
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isRelation} AND ${objectFilter({ scope, version })}`);
  const [row] = await wire.query<{ digest: string }>(statement, 'the digest of relations');
  return row?.digest ?? '';
}

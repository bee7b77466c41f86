import { sql, type RawBuilder } from 'kysely';
import type { CatalogScope } from '../catalog.js';
import { isRelation, objectFilter } from './queries/fragments.js';

/** Query of the digest that `CatalogSession.survey` gives. A sum, so that no order is needed. */
export function relationsDigest(scope: CatalogScope, version: number): RawBuilder<unknown> {
  return sql`
    SELECT pg_catalog.concat_ws('/', count(*),
      pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws('/', c.oid, n.nspname, c.relname) COLLATE pg_catalog."C", 0))) AS digest
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isRelation} AND ${objectFilter({ scope, version })}`;
}

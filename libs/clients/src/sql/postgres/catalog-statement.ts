import type { CatalogKind, CatalogRecord } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogScope } from '../catalog.js';
import { readStatement } from './kind-query.js';
import { KIND_QUERIES } from './queries/index.js';
import { rowTypes } from './row-types.js';

/** The statement that reads a kind, for those who want to EXPLAIN it or measure it apart from a session. */
export interface CatalogStatement<K extends CatalogKind = CatalogKind> {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Parsers of `pg` that the rows need. */
  readonly types: typeof rowTypes;
  /** Makes the record of a row; rows must come in order. */
  readonly toRecord: (row: unknown) => CatalogRecord<K>;
}

/** @param version the server's server_version_num: 180004 */
export function catalogStatement<K extends CatalogKind>(kind: K, scope: CatalogScope, version: number): CatalogStatement<K> {
  const query = KIND_QUERIES[kind]({ scope, version });
  const { text, values } = readStatement(query, undefined);
  return { text, values, types: rowTypes, toRecord: query.mapper(undefined) as (row: unknown) => CatalogRecord<K> };
}

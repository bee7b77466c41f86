import type { CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogScope } from '../catalog.js';
import { readStatement } from './kind-query.js';
import { KIND_QUERIES } from './queries/index.js';
import type { Statement } from './statement.js';

/**
 * The statement that reads all records of a kind, as a session sends it: for benchmarks and for people who want to know
 * what is asked of their server. `version`: server_version_num, 180004.
 * @throws CodedError SQL_FILTER_INVALID
 */
export function catalogStatement(kind: CatalogKind, scope: CatalogScope, version: number): Statement {
  return readStatement(KIND_QUERIES[kind]({ scope, version }), undefined);
}

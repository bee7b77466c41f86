export type {
  CatalogConnectionOptions,
  CatalogCursor,
  CatalogScope,
  CatalogSession,
  CredentialScrubber,
  DatabaseInfo,
  ListedItem,
  ListedObject,
  ListOptions,
  ListPlace,
  ObjectCounts,
  ReadOptions,
  Survey,
} from './catalog.js';
export type { CatalogRecord } from '@tributary/workflow-contracts/sql-metadata';
export { cursorOf } from './cursor.js';
export {
  SQL_CATALOG_CHANGED,
  SQL_CONNECTION_LOST,
  SQL_CURSOR_INVALID,
  SQL_DATABASE_CLOSED,
  SQL_DATABASE_UNKNOWN,
  SQL_FILTER_INVALID,
  SQL_LOCK_TIMEOUT,
  SQL_PERMISSION_DENIED,
  SQL_QUERY_FAILED,
  SQL_SERVER_BUSY,
  SQL_SERVER_UNSUPPORTED,
  SQL_SIGN_IN_FAILED,
  SQL_SOURCE_UNREACHABLE,
  SQL_STATEMENT_CANCELLED,
  SQL_STATEMENT_TIMEOUT,
  SQL_TEXT_UNCONVERTIBLE,
  SQL_TLS_UNSUPPORTED,
  SQL_TLS_UNTRUSTED,
  SQL_TOO_MANY_CONNECTIONS,
} from './errors.js';
export { assertFilters, explainFilters } from './filters/explain.js';
export type { ExplainedVerdict } from './filters/explain.js';
export { matchFilters } from './filters/match.js';
export type { FilterSubject, FilterVerdict } from './filters/match.js';
export { catalogStatement } from './postgres/catalog-statement.js';
export type { CatalogStatement } from './postgres/catalog-statement.js';
export { openPostgresCatalog } from './postgres/open.js';
export { probePostgres } from './postgres/probe.js';
export type { ProbeOptions } from './postgres/probe.js';

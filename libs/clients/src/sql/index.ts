export type {
  CatalogConnectionOptions,
  CatalogCursor,
  CatalogScope,
  CatalogSession,
  CredentialScrubber,
  DatabaseInfo,
  ReadOptions,
} from './catalog.js';
export { cursorOf } from './cursor.js';
export * from './errors.js';
export { matchFilters } from './filters/match.js';
export type { FilterSubject, FilterVerdict } from './filters/match.js';

export { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE, SQL_METADATA_EVENTS } from './names.js';
export { CATALOG_KINDS, ENTITY_TYPES } from './kinds.js';
export type { CatalogKind, EntityType } from './kinds.js';
export type { ExtractSqlMetadataInput, ExtractSqlMetadataResult, FilterRule, Filters, SqlSource } from './messages.js';
export type { BatchProgress, ExtractionPhase, ExtractionProgress } from './progress.js';
export { PROGRESS_QUERY } from './progress.js';
export type { ExtractionManifest, ManifestShard, QuarantineSummary, ScopeReport, StageCounts } from './manifest.js';
export type {
  CatalogRecord,
  CatalogRecords,
  ColumnRecord,
  ConstraintRecord,
  ConstraintType,
  DatabaseRecord,
  ForeignKeyAction,
  IndexRecord,
  RelationPointer,
  RelationRecord,
  RelationType,
  RoutineRecord,
  SchemaRecord,
  SequenceRecord,
} from './records.js';

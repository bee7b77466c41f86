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
export { CHECK_SQL_SOURCE, CHECK_STATUSES, CHECK_STEPS } from './source-check.js';
export type { CheckedDatabase, CheckSqlSourceInput, CheckStatus, CheckStep, CheckStepName, SourceCheck } from './source-check.js';
export { BROWSE_LIMIT, BROWSE_SQL_SOURCE } from './source-browse.js';
export type { BrowseSqlSourceInput, BrowseSqlSourceResult, SourceItem } from './source-browse.js';
export { PLAN_SQL_EXTRACTION } from './source-plan.js';
export type { PlannedDatabase, PlannedObject, PlanSqlExtractionInput, SqlExtractionPlan } from './source-plan.js';
export { SOURCE_OBJECT_KINDS } from './source-verdict.js';
export type { FilterRulePlace, SourceObjectKind, Verdict } from './source-verdict.js';

import type { RelationRecord } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasEntity, type AtlasReference, type EntityContext } from '../entity.js';
import { encodeSegment } from '../qualified-name.js';
import { invalidRecord, placeOf, quoted, referenceToRelation, relationEntityType, requireText } from './shared.js';

const TABLE_TYPES = {
  table: 'TABLE',
  'partitioned-table': 'PARTITIONED TABLE',
  'foreign-table': 'FOREIGN TABLE',
  view: 'VIEW',
  'materialized-view': 'MATERIALIZED VIEW',
} as const;

export function relationEntity(record: RelationRecord, context: EntityContext): AtlasEntity {
  requireText('relation', record.name, 'name', record.name);
  const place = placeOf(context, record.database, record.schema);
  const isView = record.type === 'view' || record.type === 'materialized-view';
  if (isView) requireText('relation', record.name, 'definition', record.definition);
  const isPartitioned = record.type === 'partitioned-table';
  return {
    typeName: relationEntityType(record.type, record.isPartition),
    status: 'ACTIVE',
    attributes: {
      name: record.name,
      qualifiedName: `${place.schemaQualifiedName}/${encodeSegment(record.name)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      schemaName: record.schema,
      schemaQualifiedName: place.schemaQualifiedName,
      columnCount: record.columnCount,
      rowCount: record.rowEstimate ?? undefined,
      sizeBytes: record.totalBytes ?? record.byteEstimate ?? undefined,
      isPartitioned: isView ? undefined : isPartitioned,
      partitionStrategy: record.partitionStrategy ?? undefined,
      partitionCount: isPartitioned ? record.partitionCount : undefined,
      constraint: record.partitionBound ?? undefined,
      definition: isView ? createStatement(record) : undefined,
      externalLocation: record.foreignServer ?? undefined,
      sourceOwners: record.owner,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      atlanSchema: referenceTo('Schema', place.schemaQualifiedName),
      ...parentOf(record, place.databaseQualifiedName),
    },
    customAttributes: {
      source_id: String(record.oid),
      table_type: TABLE_TYPES[record.type],
      is_insertable_into: insertable(record),
      is_typed: record.ofType === null ? 'NO' : 'YES',
      number_columns_in_part_key: isPartitioned ? record.partitionKeySize : undefined,
      partition_key: record.partitionKey ?? undefined,
      inherits: record.inherits ?? undefined,
      of_type: record.ofType ?? undefined,
      persistence: record.persistence,
      size_is_exact: record.totalBytes === null ? undefined : true,
      is_populated: record.type === 'materialized-view' ? record.isPopulated : undefined,
      has_indexes: record.hasIndexes,
      has_triggers: record.hasTriggers,
      has_rules: record.hasRules,
      row_security: record.rowSecurity,
      row_security_forced: record.rowSecurityForced,
      access_method: record.accessMethod ?? undefined,
      tablespace: record.tablespace ?? undefined,
      options: record.options ?? undefined,
      foreign_server: record.foreignServer ?? undefined,
      foreign_data_wrapper: record.foreignDataWrapper ?? undefined,
      foreign_options: record.foreignOptions ?? undefined,
    },
  };
}

function parentOf(
  record: RelationRecord,
  databaseQualifiedName: string,
): { parentTable?: AtlasReference; parentTablePartition?: AtlasReference } {
  if (!record.isPartition) return {};
  const parent = record.partitionOf;
  if (!parent) throw invalidRecord('relation', record.name, 'partitionOf', parent, 'the table that it is a partition of');
  const reference = referenceToRelation(databaseQualifiedName, parent);
  return parent.isPartition ? { parentTablePartition: reference } : { parentTable: reference };
}

function createStatement(record: RelationRecord): string {
  const verb = record.type === 'view' ? 'CREATE OR REPLACE VIEW' : 'CREATE MATERIALIZED VIEW';
  return `${verb} ${quoted(record.schema)}.${quoted(record.name)} AS ${record.definition?.trimStart() ?? ''}`;
}

/** Whether views and foreign tables take rows is not known from the catalog alone. */
function insertable({ type }: RelationRecord): 'YES' | 'NO' | undefined {
  if (type === 'table' || type === 'partitioned-table') return 'YES';
  return type === 'materialized-view' ? 'NO' : undefined;
}

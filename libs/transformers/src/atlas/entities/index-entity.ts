import type { IndexRecord } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasEntity, type EntityContext } from '../entity.js';
import { encodeSegment } from '../qualified-name.js';
import { parentAttributes, placeOf, relationEntityType, requireText } from './shared.js';

export function indexEntity(record: IndexRecord, context: EntityContext): AtlasEntity {
  const { name } = record;
  requireText('index', name, 'name', name);
  requireText('index', name, 'definition', record.definition);
  const place = placeOf(context, record.database, record.schema);
  const relation = `${place.schemaQualifiedName}/${encodeSegment(record.relation)}`;
  const columns = record.columns.filter((column) => column !== null);
  return {
    typeName: 'Index',
    status: 'ACTIVE',
    attributes: {
      name,
      qualifiedName: `${relation}/_indexes_/${encodeSegment(name)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      schemaName: record.schema,
      schemaQualifiedName: place.schemaQualifiedName,
      indexMethod: record.method,
      isUnique: record.unique,
      isPrimary: record.primary,
      isExclusion: record.exclusion,
      isValid: record.valid,
      columnNames: columns,
      includedColumnNames: record.includes ?? undefined,
      expressions: record.expressions ?? undefined,
      predicate: record.predicate ?? undefined,
      definition: record.definition,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      ...parentAttributes(relationEntityType(record.relationType, record.isPartition), record.relation, relation),
      columns: columns.map((column) => referenceTo('Column', `${relation}/${encodeSegment(column)}`)),
    },
    customAttributes: {
      source_id: String(record.oid),
      nulls_not_distinct: record.nullsNotDistinct || undefined,
      tablespace: record.tablespace ?? undefined,
    },
  };
}

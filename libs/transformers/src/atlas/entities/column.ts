import type { ColumnRecord } from '@tributary/workflow-contracts/sql-metadata';
import type { AtlasEntity, EntityContext } from '../entity.js';
import { encodeSegment } from '../qualified-name.js';
import { invalidRecord, parentAttributes, placeOf, relationEntityType, requireText } from './shared.js';

/** Attributes that all columns of a relation share. */
function sharedByColumns(record: ColumnRecord, context: EntityContext) {
  const place = placeOf(context, record.database, record.schema);
  const qualifiedName = `${place.schemaQualifiedName}/${encodeSegment(record.relation)}`;
  const typeName = relationEntityType(record.relationType, record.isPartition);
  return { place, qualifiedName, parent: parentAttributes(typeName, record.relation, qualifiedName) };
}

// Columns come relation by relation, so the relation of the column before is nearly always that of this one too.
let last: { record: ColumnRecord; context: EntityContext; shared: ReturnType<typeof sharedByColumns> } | undefined;

function sharedOf(record: ColumnRecord, context: EntityContext): ReturnType<typeof sharedByColumns> {
  if (
    last?.context !== context ||
    last.record.relation !== record.relation ||
    last.record.schema !== record.schema ||
    last.record.database !== record.database ||
    last.record.relationType !== record.relationType ||
    last.record.isPartition !== record.isPartition
  ) {
    last = { record, context, shared: sharedByColumns(record, context) };
  }
  return last.shared;
}

export function columnEntity(record: ColumnRecord, context: EntityContext): AtlasEntity {
  const { name, type } = record;
  requireText('column', name, 'name', name);
  // The server writes these for a type that is gone.
  if (!type || type === '-' || type === '???') throw invalidRecord('column', `${record.relation}.${name}`, 'type', type, 'a type');
  const { place, qualifiedName, parent } = sharedOf(record, context);
  return {
    typeName: 'Column',
    status: 'ACTIVE',
    attributes: {
      name,
      qualifiedName: `${qualifiedName}/${encodeSegment(name)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      schemaName: record.schema,
      schemaQualifiedName: place.schemaQualifiedName,
      tableName: parent.tableName,
      tableQualifiedName: parent.tableQualifiedName,
      viewName: parent.viewName,
      viewQualifiedName: parent.viewQualifiedName,
      dataType: record.typeName,
      rawDataTypeDefinition: type,
      order: record.position,
      isNullable: record.nullable,
      isPrimary: record.isPrimaryKey,
      isForeign: record.isForeignKey,
      isPartition: record.isPartitionKey,
      maxLength: record.length ?? undefined,
      precision: record.precision ?? undefined,
      numericScale: record.scale ?? undefined,
      defaultValue: record.defaultValue ?? undefined,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      table: parent.table,
      tablePartition: parent.tablePartition,
      view: parent.view,
      materialisedView: parent.materialisedView,
    },
    customAttributes: {
      attribute_number: record.attributeNumber,
      is_unique: record.isUnique || undefined,
      base_type: record.baseType ?? undefined,
      enum_labels: record.enumLabels ?? undefined,
      identity: record.identity ?? undefined,
      generated: record.generated ?? undefined,
      generation_expression: record.generationExpression ?? undefined,
      collation: record.collation ?? undefined,
    },
  };
}

import type { ConstraintRecord, EntityType } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasEntity, type AtlasReference, type EntityContext } from '../entity.js';
import { encodeSegment } from '../qualified-name.js';
import { invalidRecord, parentAttributes, placeOf, referenceToRelation, relationEntityType, requireText } from './shared.js';

const TYPE_NAMES: Readonly<Record<ConstraintRecord['type'], EntityType>> = {
  'primary-key': 'PrimaryKey',
  'foreign-key': 'ForeignKey',
  unique: 'UniqueConstraint',
  check: 'CheckConstraint',
  exclusion: 'ExclusionConstraint',
};

export function constraintEntity(record: ConstraintRecord, context: EntityContext): AtlasEntity {
  const { name } = record;
  requireText('constraint', name, 'name', name);
  requireText('constraint', name, 'definition', record.definition);
  const place = placeOf(context, record.database, record.schema);
  const relation = `${place.schemaQualifiedName}/${encodeSegment(record.relation)}`;
  return {
    typeName: TYPE_NAMES[record.type],
    status: 'ACTIVE',
    attributes: {
      name,
      qualifiedName: `${relation}/_constraints_/${encodeSegment(name)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      schemaName: record.schema,
      schemaQualifiedName: place.schemaQualifiedName,
      columnNames: record.columns ?? [],
      definition: record.definition,
      expression: record.expression ?? undefined,
      isDeferrable: record.deferrable,
      isInitiallyDeferred: record.initiallyDeferred,
      isValidated: record.validated,
      isEnforced: record.enforced,
      ...targetAttributes(record, place.databaseQualifiedName),
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      ...parentAttributes(relationEntityType(record.relationType, record.isPartition), record.relation, relation),
      columns: columnReferences(relation, record.columns),
    },
    customAttributes: { source_id: String(record.oid) },
  };
}

function targetAttributes(record: ConstraintRecord, databaseQualifiedName: string) {
  if (record.type !== 'foreign-key') return {};
  const { target, targetColumns } = record;
  if (!target) throw invalidRecord('constraint', record.name, 'target', target, 'the referenced table');
  if (!targetColumns || targetColumns.length !== record.columns?.length) {
    throw invalidRecord('constraint', record.name, 'targetColumns', targetColumns, 'one referenced column for each column');
  }
  const referencedTable = referenceToRelation(databaseQualifiedName, target);
  const { qualifiedName } = referencedTable.uniqueAttributes;
  return {
    referencedTableName: target.name,
    referencedTableQualifiedName: qualifiedName,
    referencedColumnNames: targetColumns,
    onUpdate: record.onUpdate ?? undefined,
    onDelete: record.onDelete ?? undefined,
    match: record.match ?? undefined,
    referencedTable,
    referencedColumns: columnReferences(qualifiedName, targetColumns),
  };
}

function columnReferences(relation: string, columns: readonly string[] | null): AtlasReference[] | undefined {
  return columns?.map((column) => referenceTo('Column', `${relation}/${encodeSegment(column)}`));
}

import type { SequenceRecord } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasEntity, type EntityContext } from '../entity.js';
import { encodeSegment } from '../qualified-name.js';
import { placeOf, referenceToRelation, requireText } from './shared.js';

export function sequenceEntity(record: SequenceRecord, context: EntityContext): AtlasEntity {
  const { name, ownedBy } = record;
  requireText('sequence', name, 'name', name);
  const place = placeOf(context, record.database, record.schema);
  const owner = ownedBy && referenceToRelation(place.databaseQualifiedName, ownedBy.relation).uniqueAttributes.qualifiedName;
  return {
    typeName: 'Sequence',
    status: 'ACTIVE',
    attributes: {
      name,
      qualifiedName: `${place.schemaQualifiedName}/_sequences_/${encodeSegment(name)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      schemaName: record.schema,
      schemaQualifiedName: place.schemaQualifiedName,
      dataType: record.type,
      startValue: record.start,
      increment: record.increment,
      minimumValue: record.minimum,
      maximumValue: record.maximum,
      cacheSize: record.cache,
      isCycle: record.cycle,
      sourceOwners: record.owner,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      atlanSchema: referenceTo('Schema', place.schemaQualifiedName),
      ownedByColumn: ownedBy && owner ? referenceTo('Column', `${owner}/${encodeSegment(ownedBy.column)}`) : undefined,
    },
    customAttributes: { source_id: String(record.oid), is_identity: ownedBy?.identity || undefined },
  };
}

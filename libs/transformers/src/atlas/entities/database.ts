import type { DatabaseRecord } from '@tributary/workflow-contracts/sql-metadata';
import type { AtlasEntity, EntityContext } from '../entity.js';
import { encodeSegment } from '../qualified-name.js';
import { requireText } from './shared.js';

export function databaseEntity(record: DatabaseRecord, context: EntityContext): AtlasEntity {
  const { database } = record;
  requireText('database', database, 'database', database);
  return {
    typeName: 'Database',
    status: 'ACTIVE',
    attributes: {
      name: database,
      qualifiedName: `${context.connectionQualifiedName}/${encodeSegment(database)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      schemaCount: record.schemaCount,
      sourceOwners: record.owner,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
    },
    customAttributes: {
      source_id: String(record.oid),
      encoding: record.encoding,
      collation: record.collation ?? undefined,
      character_type: record.characterType ?? undefined,
      tablespace: record.tablespace,
      size_bytes: record.sizeBytes ?? undefined,
    },
  };
}

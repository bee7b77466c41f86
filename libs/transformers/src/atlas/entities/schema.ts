import type { SchemaRecord } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasEntity, type EntityContext } from '../entity.js';
import { placeOf, requireText } from './shared.js';

export function schemaEntity(record: SchemaRecord, context: EntityContext): AtlasEntity {
  requireText('schema', record.name, 'name', record.name);
  const place = placeOf(context, record.database, record.name);
  return {
    typeName: 'Schema',
    status: 'ACTIVE',
    attributes: {
      name: record.name,
      qualifiedName: place.schemaQualifiedName,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      tableCount: record.tableCount,
      viewsCount: record.viewCount,
      sourceOwners: record.owner,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      database: referenceTo('Database', place.databaseQualifiedName),
    },
    customAttributes: { source_id: String(record.oid) },
  };
}

import type { RoutineRecord } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasEntity, type Attributes, type EntityContext } from '../entity.js';
import { encodeRoutine } from '../qualified-name.js';
import { placeOf, requireText } from './shared.js';

export function routineEntity(record: RoutineRecord, context: EntityContext): AtlasEntity {
  const { name, signature } = record;
  requireText('routine', name, 'name', name);
  if (record.type !== 'aggregate') requireText('routine', name, 'language', record.language);
  const place = placeOf(context, record.database, record.schema);
  const isProcedure = record.type === 'procedure';
  const segment = isProcedure ? '_procedures_' : '_functions_';
  const schema = referenceTo('Schema', place.schemaQualifiedName);
  return {
    typeName: isProcedure ? 'Procedure' : 'Function',
    status: 'ACTIVE',
    attributes: {
      name,
      qualifiedName: `${place.schemaQualifiedName}/${segment}/${encodeRoutine(name, signature)}`,
      description: record.comment ?? undefined,
      connectionName: context.connectionName,
      connectionQualifiedName: context.connectionQualifiedName,
      databaseName: record.database,
      databaseQualifiedName: place.databaseQualifiedName,
      schemaName: record.schema,
      schemaQualifiedName: place.schemaQualifiedName,
      ...(isProcedure ? { definition: record.body ?? undefined } : functionAttributes(record)),
      sourceOwners: record.owner,
      tenantId: context.tenantId,
      lastSyncWorkflowName: context.lastSyncWorkflowName,
      lastSyncRun: context.lastSyncRun,
      lastSyncRunAt: context.lastSyncRunAt,
      connectorName: context.connectorName,
      ...(isProcedure ? { atlanSchema: schema } : { functionSchema: schema }),
    },
    customAttributes: {
      source_id: String(record.oid),
      signature,
      arguments: record.arguments,
      language: record.language,
      volatility: record.volatility,
      parallel: record.parallel,
      security_definer: record.securityDefiner,
      strict: record.strict,
      leakproof: record.leakproof,
      returns_set: record.returnsSet,
      extension: record.extension ?? undefined,
    },
  };
}

function functionAttributes(record: RoutineRecord): Attributes {
  return {
    functionDefinition: record.body ?? undefined,
    functionReturnType: record.resultType ?? undefined,
    functionArguments: record.arguments,
    functionLanguage: record.language,
    functionType: record.type,
    functionIsSecure: record.securityDefiner,
  };
}

import type { CatalogRecord } from '@tributary/clients/sql';
import { isCodedError } from '@tributary/common';
import { toEntity, type EntityContext } from '@tributary/transformers/atlas';
import type { CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import type { RunContext } from '../messages.js';
import type { ShardLines } from '../shards/batch-shards.js';

/** The lines of one fetch, and the code of each record that was quarantined. */
export interface TransformedRecords {
  readonly lines: ShardLines;
  readonly reasons: readonly string[];
}

/**
 * Turns records into lines of entities. A record that can't be transformed becomes a quarantine line with its reason;
 * an error that is not about the record itself is thrown on.
 */
export function transformRecords(
  kind: CatalogKind,
  records: readonly CatalogRecord[],
  context: EntityContext,
  keepRaw: boolean,
): TransformedRecords {
  const entities = new Map<string, string[]>();
  const quarantine: string[] = [];
  const reasons: string[] = [];
  for (const record of records) {
    try {
      const entity = toEntity(kind, record, context);
      const lines = entities.get(entity.typeName);
      if (lines) lines.push(JSON.stringify(entity));
      else entities.set(entity.typeName, [JSON.stringify(entity)]);
    } catch (error) {
      if (!isCodedError(error) || error.recovery !== 'skip') throw error;
      reasons.push(error.code);
      quarantine.push(JSON.stringify({ code: error.code, reason: error.message, kind, record }));
    }
  }
  return { lines: { entities, raw: keepRaw ? records.map((record) => JSON.stringify(record)) : [], quarantine }, reasons };
}

/** What the transformers stamp on every entity of a run. */
export function entityContextOf({ workflowId, runId, startedAt, input }: RunContext): EntityContext {
  return {
    connectionName: input.connection.name,
    connectionQualifiedName: input.connection.qualifiedName,
    connectorName: input.source.type,
    tenantId: input.connection.qualifiedName.split('/')[0] ?? 'default',
    lastSyncWorkflowName: workflowId,
    lastSyncRun: runId,
    lastSyncRunAt: startedAt,
  };
}

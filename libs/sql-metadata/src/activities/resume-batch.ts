import { Context } from '@temporalio/activity';
import type { ObjectStore } from '@tributary/clients';
import type { CatalogSession, Survey } from '@tributary/clients/sql';
import type { ObjectRef } from '@tributary/common';
import type { BatchDocument, BatchHeartbeat, BatchRequest } from '../messages.js';
import { readDocument } from '../shards/documents.js';
import { scopeOf } from './scope.js';

/**
 * Where a batch starts: after the checkpoint of an earlier attempt, if the source still has the same relations and lists
 * exactly as many records up to there as that attempt read; else from the beginning.
 */
export async function resumeBatch(
  objects: ObjectStore,
  { run, database, kind }: BatchRequest,
  session: CatalogSession,
  { records: source, relations }: Survey,
  signal: AbortSignal,
): Promise<{ document: BatchDocument; checkpoint?: ObjectRef }> {
  const checkpoint = (Context.current().info.heartbeatDetails as BatchHeartbeat | undefined)?.checkpoint;
  if (checkpoint) {
    const document = await readDocument<BatchDocument>(objects, checkpoint, signal);
    const counts = { ...document.counts, source };
    if (document.cursor === null) return { document: { ...document, counts, relations }, checkpoint };
    const stillListed = await session.countUpTo(kind, scopeOf(run, database), document.cursor);
    if (stillListed === counts.raw && document.relations === relations) return { document: { ...document, counts }, checkpoint };
  }
  const counts = { database, kind, source, raw: 0, entities: 0, quarantined: 0 };
  return { document: { counts, entitiesByType: {}, quarantine: [], shards: [], relations, cursor: null } };
}

import { Context } from '@temporalio/activity';
import type { CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { BatchDocument, DatabaseDocument, VerifiedDatabase, VerifyRequest } from '../messages.js';
import { readDocument, verifyObject, writeDocument } from '../shards/documents.js';
import { RunKeys } from '../shards/object-keys.js';
import { addCounts, addQuarantine, countReported } from '../sums.js';
import { assertAddsUp } from './assert-adds-up.js';
import { withSource } from './open-source.js';
import { scopeOf } from './scope.js';

/** See `SqlMetadataActivities.verifyDatabase`. */
export async function verifyDatabase(dependencies: SqlMetadataDependencies, request: VerifyRequest): Promise<VerifiedDatabase> {
  const { objects } = dependencies;
  const { run, database } = request;
  const context = Context.current();
  const { cancellationSignal: signal } = context;

  const batches: BatchDocument[] = [];
  for (const ref of request.batches) batches.push(await readDocument<BatchDocument>(objects, ref, signal));
  for (const batch of batches) assertAddsUp(batch);
  const detail = disagreement(batches);
  if (detail) return { consistent: false, detail };

  const shards = batches.flatMap((batch) => batch.shards);
  for (const shard of shards) await verifyObject(objects, shard, () => context.heartbeat(shard.uri), signal);

  const reports = await withSource(dependencies, run, database, signal, (session) => session.reports(scopeOf(run, database)));
  const document: DatabaseDocument = {
    database,
    counts: batches.map(({ counts }) => counts),
    entitiesByType: addCounts(batches.map(({ entitiesByType }) => entitiesByType)),
    quarantine: addQuarantine(batches.flatMap(({ quarantine }) => quarantine)),
    reports,
    shards,
  };
  const key = new RunKeys(run).database(database, String(context.info.attempt));
  return {
    consistent: true,
    document: await writeDocument(objects, key, document, signal),
    entities: document.entitiesByType,
    quarantined: batches.reduce((total, { counts }) => total + counts.quarantined, 0),
    reports: countReported(reports),
  };
}

/** Kinds whose records name relations or count them. */
const ABOUT_RELATIONS: ReadonlySet<CatalogKind> = new Set(['schema', 'relation', 'column', 'constraint', 'index', 'sequence']);

/**
 * Kinds are read in snapshots of their own. Whether they saw the same catalog, the digest of its relations tells, and
 * for columns added and dropped the relations' column counts.
 */
function disagreement(batches: readonly BatchDocument[]): string | undefined {
  const digests = new Set(batches.filter(({ counts }) => ABOUT_RELATIONS.has(counts.kind)).map(({ relations }) => relations));
  if (digests.size > 1) return 'relations were created, dropped or renamed between the reading of one kind and another';
  const expected = batches.find(({ counts }) => counts.kind === 'relation')?.columnsExpected ?? 0;
  const found = batches.find(({ counts }) => counts.kind === 'column')?.counts.raw ?? 0;
  return expected === found ? undefined : `its relations have ${expected} columns, but ${found} columns were read`;
}

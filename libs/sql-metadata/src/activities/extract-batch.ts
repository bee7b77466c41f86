import { Context, log } from '@temporalio/activity';
import type { CatalogSession } from '@tributary/clients/sql';
import type { ObjectRef } from '@tributary/common';
import { DEFAULT_SHARD_RECORDS, FETCH_ROWS, TRANSFORM_RECORDS } from '../defaults.js';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { BatchDocument, BatchHeartbeat, BatchRequest, BatchResult } from '../messages.js';
import { BatchShards } from '../shards/batch-shards.js';
import { writeDocument } from '../shards/documents.js';
import { RunKeys } from '../shards/object-keys.js';
import { assertAddsUp } from './assert-adds-up.js';
import { BatchTally } from './batch-tally.js';
import { countBatch, countQuarantine } from './extraction-metrics.js';
import { entityContextOf, transformRecords } from './transform-records.js';
import { withSource } from './open-source.js';
import { resumeBatch } from './resume-batch.js';
import { scopeOf } from './scope.js';

/** See `SqlMetadataActivities.extractBatch`. */
export async function extractBatch(dependencies: SqlMetadataDependencies, request: BatchRequest): Promise<BatchResult> {
  const signal = Context.current().cancellationSignal;
  return withSource(dependencies, request.run, request.database, signal, (session) => readBatch(dependencies, request, session));
}

async function readBatch(
  { objects }: SqlMetadataDependencies,
  request: BatchRequest,
  session: CatalogSession,
): Promise<BatchResult> {
  const { run, database, kind } = request;
  const context = Context.current();
  const { cancellationSignal: signal } = context;
  const keys = new RunKeys(run);
  const scope = scopeOf(run, database);
  const writer = `${request.pass}.${context.info.attempt}`;
  const entityContext = entityContextOf(run);
  const shardRecords = run.input.options?.shardRecords ?? DEFAULT_SHARD_RECORDS;

  // Signing in and counting may each take their time; the cursor of an earlier attempt is handed on meanwhile.
  context.heartbeat(context.info.heartbeatDetails);
  const survey = await session.survey(kind, scope);
  const total = survey.records;
  const { document, checkpoint: resumed } = await resumeBatch(objects, request, session, survey, signal);
  const tally = new BatchTally(document, run.input.options);
  const shards = new BatchShards(objects, keys, { database, kind, writer }, signal);
  let part = Math.floor(tally.raw / shardRecords) + 1;
  let checkpoint = resumed;

  const cut = async (): Promise<{ document: BatchDocument; ref: ObjectRef }> => {
    tally.store(await shards.close());
    const document = tally.document();
    const ref = await writeDocument(objects, keys.batch(database, kind, part++, writer), document, signal);
    return { document, ref };
  };
  const heartbeat = (): void => {
    const details: BatchHeartbeat = { batch: { database, kind }, done: tally.raw, total, ...(checkpoint && { checkpoint }) };
    context.heartbeat(details);
  };

  try {
    heartbeat();
    const after = tally.cursor ? { after: tally.cursor } : {};
    for await (const records of session.read(kind, scope, { ...after, batchSize: Math.min(FETCH_ROWS, shardRecords) })) {
      for (let at = 0; at < records.length; at += TRANSFORM_RECORDS) {
        if (signal.aborted) await context.cancelled;
        const slice = records.slice(at, at + TRANSFORM_RECORDS);
        const batch = transformRecords(kind, slice, entityContext, run.input.options?.rawRecords ?? false);
        await shards.append(batch.lines, part);
        tally.add(kind, slice, batch);
      }
      if (tally.raw >= part * shardRecords) checkpoint = (await cut()).ref;
      heartbeat();
    }
    const { document: finished, ref } = await cut();
    const { counts } = finished;
    countQuarantine(context.metricMeter, finished);
    tally.assertThreshold();
    assertAddsUp(finished);
    countBatch(context.metricMeter, finished);
    log.info('Batch extracted', { ...counts, resumed: resumed !== undefined });
    return { batch: ref, counts };
  } finally {
    await shards.abandon();
  }
}

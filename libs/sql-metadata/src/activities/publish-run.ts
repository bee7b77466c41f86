import { Context, log } from '@temporalio/activity';
import type { BusEvent } from '@tributary/clients';
import type { ObjectRef } from '@tributary/common';
import { SQL_METADATA_EVENTS } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { DatabaseDocument, PublishRequest } from '../messages.js';
import { readDocument, writeDocument } from '../shards/documents.js';
import { RunKeys } from '../shards/object-keys.js';
import { countPublished } from './extraction-metrics.js';
import { recordLatestRun } from './latest-run.js';
import { assembleManifest } from './manifest.js';

/**
 * See `SqlMetadataActivities.publishRun`. Manifest, then state, then event; every step repeats harmlessly, because
 * what is written depends on the request alone.
 */
export async function publishRun(dependencies: SqlMetadataDependencies, request: PublishRequest): Promise<ObjectRef> {
  const { objects, state, events, toolVersion } = dependencies;
  const { cancellationSignal: signal, metricMeter } = Context.current();

  const databases: DatabaseDocument[] = [];
  for (const ref of request.databases) databases.push(await readDocument<DatabaseDocument>(objects, ref, signal));
  const manifest = assembleManifest(request, databases, toolVersion);
  const ref = await writeDocument(objects, new RunKeys(request.run).manifest, manifest, signal);

  await recordLatestRun(state, manifest, ref, signal);
  await events.publish(SQL_METADATA_EVENTS.topic, publishedEvent(request, ref, manifest.entities), { signal });
  countPublished(metricMeter, manifest);
  log.info('Run published', { manifest: ref.uri, entities: manifest.entities });
  return ref;
}

function publishedEvent({ run }: PublishRequest, manifest: ObjectRef, entities: Readonly<Record<string, number>>): BusEvent {
  const { qualifiedName } = run.input.connection;
  return {
    id: `${run.runId}/published`,
    source: `/workflows/${encodeURIComponent(run.workflowId)}/${run.runId}`,
    type: SQL_METADATA_EVENTS.published,
    subject: qualifiedName,
    data: { connectionQualifiedName: qualifiedName, workflowId: run.workflowId, runId: run.runId, manifest, entities },
  };
}

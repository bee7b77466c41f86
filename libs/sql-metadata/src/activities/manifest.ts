import type { ExtractionManifest, ManifestShard } from '@tributary/workflow-contracts/sql-metadata';
import type { DatabaseDocument, PublishRequest } from '../messages.js';
import { addCounts, addQuarantine } from '../sums.js';

/** Makes the manifest of a run out of its verified databases; shards in order of content, database, type and key. */
export function assembleManifest(
  { run, finishedAt, serverVersion, reports }: PublishRequest,
  databases: readonly DatabaseDocument[],
  toolVersion: string,
): ExtractionManifest {
  const { connection, source, filters = {} } = run.input;
  return {
    formatVersion: 1,
    workflowId: run.workflowId,
    runId: run.runId,
    connection,
    source: {
      type: source.type,
      host: source.host,
      port: source.port ?? 5432,
      serverVersion,
      databases: databases.map(({ database }) => database),
    },
    filters,
    startedAt: new Date(run.startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    tool: { name: 'tributary', version: toolVersion },
    counts: databases.flatMap(({ counts }) => counts),
    entities: addCounts(databases.map(({ entitiesByType }) => entitiesByType)),
    quarantine: addQuarantine(databases.flatMap(({ quarantine }) => quarantine)),
    reports: [...reports, ...databases.flatMap((database) => database.reports)],
    shards: databases.flatMap(({ shards }) => shards).sort(byPlace),
  };
}

function byPlace(a: ManifestShard, b: ManifestShard): number {
  return a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0;
}

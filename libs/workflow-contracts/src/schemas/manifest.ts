import { Type } from '@sinclair/typebox';
import { CATALOG_KINDS } from '../sql-metadata/kinds.js';
import { closed, count, countsByName, list, oneOf, timestamp } from './building-blocks.js';
import { ConnectionSchema } from './extract-input.js';
import { FiltersSchema } from './filters.js';
import { objectRefProperties } from './object-ref.js';

const kind = oneOf(CATALOG_KINDS);

/** Schema of `ManifestShard`. */
export const ManifestShardSchema = closed(
  {
    ...objectRefProperties,
    content: oneOf(['entities', 'raw', 'quarantine']),
    database: Type.String(),
    kind,
    typeName: Type.Optional(Type.String({ description: 'Entity type of an entity shard.' })),
  },
  { title: 'ManifestShard' },
);

const StageCountsSchema = closed(
  { database: Type.String(), kind, source: count(), raw: count(), entities: count(), quarantined: count() },
  { title: 'StageCounts', description: 'They add up: source = raw, raw = entities + quarantined.' },
);

const ScopeReportSchema = closed(
  {
    scope: closed({
      database: Type.String(),
      schema: Type.Optional(Type.String()),
      object: Type.Optional(Type.String()),
    }),
    verdict: oneOf(['unreadable', 'partial']),
    reason: Type.String({ description: 'What is missing from the output because of it.' }),
    fix: Type.Optional(Type.String({ description: 'Statement that would mend it.' })),
    count: count('How many objects the line stands for.'),
  },
  { title: 'ScopeReport' },
);

/** Schema of `ExtractionManifest`, the object `manifest.json` of a run. */
export const ExtractionManifestSchema = closed(
  {
    formatVersion: Type.Literal(1),
    workflowId: Type.String({ minLength: 1 }),
    runId: Type.String({ minLength: 1 }),
    connection: ConnectionSchema,
    source: closed({
      type: Type.Literal('postgres'),
      host: Type.String(),
      port: Type.Integer({ minimum: 1, maximum: 65535 }),
      serverVersion: Type.String(),
      databases: list(Type.String()),
    }),
    filters: FiltersSchema,
    startedAt: timestamp('Start of the run, RFC 3339, UTC.'),
    finishedAt: timestamp('End of the extraction, RFC 3339, UTC.'),
    tool: closed({ name: Type.Literal('tributary'), version: Type.String() }),
    counts: list(StageCountsSchema),
    entities: countsByName({ description: 'Entities by type.' }),
    quarantine: list(closed({ code: Type.String(), count: count() })),
    reports: list(ScopeReportSchema),
    shards: list(ManifestShardSchema),
  },
  { title: 'ExtractionManifest', description: 'What a published run consists of. Written last.' },
);

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { ObjectStore } from '@tributary/clients';
import type { ObjectRef } from '@tributary/common';
import type { EtlFlowResult } from '@tributary/workflow-contracts/etl';
import type {
  ExtractionManifest,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
  ManifestShard,
} from '@tributary/workflow-contracts/sql-metadata';

export type FixtureActivities = ReturnType<typeof createActivities>;

/** Lines of the one shard that `publish` writes. */
export const SHARD_TEXT = Array.from({ length: 500 }, (_, n) => `${JSON.stringify({ typeName: 'Column', n })}\n`).join('');

/** The one line of a flow's report. */
export const REPORT_TEXT = `${JSON.stringify({ subject: 'alice', outcome: 'done', units: { done: 1, private: 0, gone: 0, failed: 0 }, problems: [] })}\n`;

/** Has every character that makes trouble in a URL. */
export const ODD_DATABASE = encodeURIComponent('a/b c%d?é');

export function createActivities(objects: ObjectStore) {
  const write = async (uri: string, body: Buffer, records: number): Promise<ObjectRef> => {
    await objects.put(uri, body);
    return { uri, sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length, records };
  };

  return {
    /** Heartbeats as a batch does, until it is cancelled. */
    async beat(database: string, kind: string, done: number): Promise<void> {
      const { heartbeat, sleep } = Context.current();
      for (;;) {
        heartbeat({ batch: { database, kind }, done, total: 90 });
        await sleep(200);
      }
    },

    /** Heartbeats as a stage does, until it is cancelled. */
    async beatStage(done: number, total: number): Promise<void> {
      const { heartbeat, sleep } = Context.current();
      for (;;) {
        heartbeat({ stage: 'visit', done, total, events: { inserted: 5, updated: 1, unchanged: 2 } });
        await sleep(200);
      }
    },

    /** Writes the report of a flow. */
    async report(runId: string): Promise<EtlFlowResult> {
      const outcomes = { done: 1, private: 0, gone: 0, failed: 0 };
      return {
        query: { team: 'some-team' },
        window: { start: '2026-01-01T00:00:00.000000Z', end: '2026-02-01T00:00:00.000000Z' },
        events: { inserted: 5, updated: 1, unchanged: 2 },
        types: { 'bug.created': 8 },
        subjects: outcomes,
        units: outcomes,
        records: 8,
        quarantined: 0,
        report: await write(`etl/launchpad/${runId}/report.jsonl.gz`, gzipSync(REPORT_TEXT), 1),
        phaseMillis: { planning: 1 },
      };
    },

    async fail(how: 'coded' | 'uncoded'): Promise<void> {
      if (how === 'uncoded') throw ApplicationFailure.nonRetryable('internal text with 10.0.0.1', 'TypeError');
      throw ApplicationFailure.nonRetryable('The server db.example.com does not answer.', 'SQL_SOURCE_UNREACHABLE', {
        code: 'SQL_SOURCE_UNREACHABLE',
        status: 503,
        recovery: 'retry',
        fix: 'Check the address.',
        parameters: {},
      });
    },

    /** Writes one gzipped shard and a manifest that lists it. */
    async publish(input: ExtractSqlMetadataInput, workflowId: string, runId: string): Promise<ExtractSqlMetadataResult> {
      const prefix = `sql-metadata/${input.connection.qualifiedName}/${runId}`;
      const ref = await write(`${prefix}/entities/${ODD_DATABASE}/Column/part-00001.jsonl.gz`, gzipSync(SHARD_TEXT), 500);
      await objects.put(`${prefix}/work/secret-plans.json`, Buffer.from('{}'));
      const shard: ManifestShard = { ...ref, content: 'entities', database: 'a/b c%d?é', kind: 'column', typeName: 'Column' };
      const manifest: ExtractionManifest = {
        formatVersion: 1,
        workflowId,
        runId,
        connection: input.connection,
        source: { type: 'postgres', host: input.source.host, port: 5432, serverVersion: '18.4', databases: ['a/b c%d?é'] },
        filters: {},
        startedAt: '2026-11-01T00:00:00Z',
        finishedAt: '2026-11-01T00:00:01Z',
        tool: { name: 'tributary', version: '0.1.0' },
        counts: [{ database: 'a/b c%d?é', kind: 'column', source: 500, raw: 500, entities: 500, quarantined: 0 }],
        entities: { Column: 500 },
        quarantine: [],
        reports: [],
        shards: [shard],
      };
      return {
        manifest: await write(`${prefix}/manifest.json`, Buffer.from(JSON.stringify(manifest)), 1),
        entities: { Column: 500 },
        quarantined: 0,
        warnings: 0,
        phaseMillis: { checking: 1 },
      };
    },
  };
}

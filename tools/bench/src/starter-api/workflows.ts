// Stand in for the workflows behind the API's run types: they end at once, in the forms that the API knows.
import { ApplicationFailure } from '@temporalio/workflow';
import type { EtlFlowResult, FlowInput } from '@tributary/workflow-contracts/etl';
import type { ExtractSqlMetadataInput, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';

const REF = { sha256: 'a'.repeat(64), bytes: 1_000, records: 1 };
const NO_OUTCOMES = { done: 1, private: 0, gone: 0, failed: 0 };

export function extractSqlMetadata({ connection }: ExtractSqlMetadataInput): Promise<ExtractSqlMetadataResult> {
  failIfAsked(connection.name);
  return Promise.resolve({
    manifest: { ...REF, uri: `sql-metadata/${connection.qualifiedName}/manifest.json` },
    entities: { Database: 1, Schema: 4, Table: 120, Column: 1_900 },
    quarantined: 0,
    warnings: 0,
    phaseMillis: { checking: 10, planning: 20, extracting: 1_000, publishing: 30 },
  });
}

export function EtlFlow({ args }: FlowInput): Promise<EtlFlowResult> {
  failIfAsked(String(args['application_name']));
  return Promise.resolve({
    query: { ...args },
    window: { start: '2026-01-01T00:00:00.000000Z', end: '2026-02-01T00:00:00.000000Z' },
    events: { inserted: 5, updated: 1, unchanged: 2 },
    types: { 'bug.created': 8 },
    subjects: NO_OUTCOMES,
    units: NO_OUTCOMES,
    records: 8,
    quarantined: 0,
    report: { ...REF, uri: 'etl/launchpad/report.jsonl.gz' },
    phaseMillis: { planning: 1, visit: 100 },
  });
}

export { EtlFlow as MockFlow };

function failIfAsked(name: string): void {
  if (name !== 'failing') return;
  throw ApplicationFailure.nonRetryable('The server db.example.com does not answer.', 'SQL_SOURCE_UNREACHABLE', {
    code: 'SQL_SOURCE_UNREACHABLE',
    status: 503,
    recovery: 'retry',
    fix: 'Check the address.',
    parameters: {},
  });
}

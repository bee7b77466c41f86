// Records the histories that replay.spec.ts replays: once per release, into a folder of that version. With
// --questions-only those of checking, browsing and planning alone, with --extractions-only the others.
import { resolve } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { version } from '@tributary/common';
import { recordHistory, waitFor } from '@tributary/testing/stack';
import { BROWSE_SQL_SOURCE, CHECK_SQL_SOURCE, PLAN_SQL_EXTRACTION, PROGRESS_QUERY } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import { ExtractionTestBed } from './extraction-test-bed.js';

const FOLDER = resolve(__dirname, '../../testdata/histories', version);

async function main(): Promise<void> {
  const bed = await ExtractionTestBed.start();
  try {
    if (!process.argv.includes('--extractions-only')) await recordQuestions(bed);
    if (!process.argv.includes('--questions-only')) await recordExtractions(bed);
  } finally {
    await bed.stop();
  }
}

async function recordQuestions(bed: ExtractionTestBed): Promise<void> {
  const { source } = bed.input();
  const filters = { include: [{ schema: 'sales' }] };
  await record('source-checked', await bed.startShort(CHECK_SQL_SOURCE, { source, filters }));
  await record('source-check-failed', await bed.startShort(CHECK_SQL_SOURCE, { source: { ...source, database: 'nowhere' } }));
  await record('source-browsed', await bed.startShort(BROWSE_SQL_SOURCE, { source, filters, database: 'postgres', limit: 20 }));
  await record('source-not-browsed', await bed.startShort(BROWSE_SQL_SOURCE, { source, database: 'nowhere' }));
  await record('extraction-planned', await bed.startShort(PLAN_SQL_EXTRACTION, { source, filters, limit: 20 }));
}

async function recordExtractions(bed: ExtractionTestBed): Promise<void> {
  await record('published', await bed.start(bed.input({ filters: { include: [{ schema: 'sales' }] } })));
  await record('every-database', await bed.start(bed.input({ source: { ...bed.input().source, allDatabases: true } })));
  await record('refused', await bed.start(bed.input({ filters: { include: [{ database: 'nowhere' }] } })));

  let first = true;
  bed.meddle = (kind, records) => {
    if (kind !== 'relation' || !first) return records;
    first = false;
    return records.map((each, at) => (at === 0 && 'columnCount' in each ? { ...each, columnCount: each.columnCount + 1 } : each));
  };
  await record('read-again', await bed.start(bed.input()));

  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  bed.meddle = async (kind, records) => {
    if (kind === 'column') await held;
    return records;
  };
  const cancelled = await bed.start(bed.input());
  await waitFor('extraction', async () => (await cancelled.query<ExtractionProgress>(PROGRESS_QUERY)).phase === 'extracting');
  await cancelled.cancel();
  release();
  await record('cancelled', cancelled);
}

async function record(name: string, handle: WorkflowHandle): Promise<void> {
  await handle.result().catch(() => undefined);
  await recordHistory(FOLDER, name, handle);
}

void main();

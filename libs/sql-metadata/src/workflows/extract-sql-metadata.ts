import { ApplicationFailure, CancellationScope, defineQuery, log, setHandler, workflowInfo } from '@temporalio/workflow';
import type { ObjectRef } from '@tributary/common';
import { CATALOG_KINDS, PROGRESS_QUERY } from '@tributary/workflow-contracts/sql-metadata';
import type {
  ExtractionProgress,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
} from '@tributary/workflow-contracts/sql-metadata';
import { DEFAULT_STATEMENT_TIMEOUT_MS } from '../defaults.js';
import { SQL_CATALOG_KEEPS_CHANGING } from '../errors.js';
import type { RunContext, VerifiedDatabase } from '../messages.js';
import { addCounts, countReported } from '../sums.js';
import { batchActivities, checkSource, tidyRun, planDatabase, publishRun, verifyDatabase } from './activities.js';
import { inParallel } from './in-parallel.js';
import { ProgressTracker } from './progress-tracker.js';

export const progressQuery = defineQuery<ExtractionProgress>(PROGRESS_QUERY);

/** Databases read at a time; the batches of each run in parallel. */
const DATABASES_AT_A_TIME = 4;

/** How often a database is read again when its catalog changed under the reading. */
const PASSES = 3;

type Verified = Extract<VerifiedDatabase, { consistent: true }>;

/**
 * Extracts the catalog of a SQL server and publishes it as Atlas entities: check, plan, extract, verify, publish.
 * Fails with the code of the error that stopped it; what it had staged is then deleted.
 */
export async function extractSqlMetadata(input: ExtractSqlMetadataInput): Promise<ExtractSqlMetadataResult> {
  const { workflowId, runId, startTime } = workflowInfo();
  const run: RunContext = { workflowId, runId, startedAt: startTime.getTime(), input };
  const progress = new ProgressTracker();
  setHandler(progressQuery, () => progress.snapshot());
  try {
    return await extract(run, progress);
  } catch (error) {
    progress.enter('failed');
    await CancellationScope.nonCancellable(() => tidy(run));
    throw error;
  }
}

async function extract(run: RunContext, progress: ProgressTracker): Promise<ExtractSqlMetadataResult> {
  const source = await checkSource(run);

  progress.enter('planning');
  await inParallel(source.databases, DATABASES_AT_A_TIME, async (database) => {
    progress.plan(database, (await planDatabase({ run, database })).counts);
  });

  const verified = await extractDatabases(run, source.databases, progress);

  progress.enter('publishing');
  const manifest = await publishRun({
    run,
    finishedAt: Date.now(),
    serverVersion: source.serverVersion,
    databases: verified.map(({ document }) => document),
    reports: source.reports,
  });
  progress.enter('published');
  await CancellationScope.nonCancellable(() => tidy(run));
  return {
    manifest,
    entities: addCounts(verified.map(({ entities }) => entities)),
    quarantined: verified.reduce((total, { quarantined }) => total + quarantined, 0),
    warnings: verified.reduce((total, { reports }) => total + reports, countReported(source.reports)),
    phaseMillis: progress.phaseMillis(),
  };
}

/** Reads and verifies every database; one whose catalog changed under the reading is read again. */
async function extractDatabases(run: RunContext, databases: readonly string[], progress: ProgressTracker): Promise<Verified[]> {
  const verified = new Map<string, Verified>();
  let pending = databases;
  for (let pass = 1; pending.length > 0; pass++) {
    progress.enter('extracting');
    const batches = await inParallel(pending, DATABASES_AT_A_TIME, (database) => readDatabase(run, database, pass, progress));
    progress.enter('verifying');
    const outcomes = await inParallel(batches, DATABASES_AT_A_TIME, ({ database, refs }) => verifyDatabase({ run, database, batches: refs }));
    const changed: string[] = [];
    outcomes.forEach((outcome, index) => {
      const database = pending[index] as string;
      if (outcome.consistent) verified.set(database, outcome);
      else if (pass < PASSES) changed.push(database);
      else throw catalogChanged(database, outcome.detail);
    });
    pending = changed;
  }
  return databases.map((database) => verified.get(database) as Verified);
}

async function readDatabase(
  run: RunContext,
  database: string,
  pass: number,
  progress: ProgressTracker,
): Promise<{ database: string; refs: ObjectRef[] }> {
  const { extractBatch } = batchActivities(run.input.options?.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS);
  const refs = await inParallel(CATALOG_KINDS, CATALOG_KINDS.length, async (kind) => {
    progress.start(database, kind);
    const { batch, counts } = await extractBatch({ run, database, kind, pass });
    progress.finish(database, kind, counts.raw);
    return batch;
  });
  return { database, refs };
}

function catalogChanged(database: string, detail: string): ApplicationFailure {
  const { code, message, fix, recovery } = SQL_CATALOG_KEEPS_CHANGING({ database, passes: PASSES, detail });
  return ApplicationFailure.nonRetryable(`${message} ${fix}`, code, { code, fix, recovery });
}

/** What tidying leaves behind is listed by no manifest and never read, so its failure is not the run's. */
async function tidy(run: RunContext): Promise<void> {
  try {
    await tidyRun(run);
  } catch (error) {
    log.warn('Left-over objects of the run were not all deleted', { runId: run.runId, error });
  }
}

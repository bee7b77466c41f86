import type { SqlMetadataDependencies } from '../dependencies.js';
import type { SqlMetadataActivities } from '../messages.js';
import { checkSource } from './check-source.js';
import { extractBatch } from './extract-batch.js';
import { planDatabase } from './plan-database.js';
import { publishRun } from './publish-run.js';
import { tidyRun } from './tidy-run.js';
import { verifyDatabase } from './verify-database.js';

/** The activities of SQL metadata extraction, on the given dependencies. */
export function createSqlMetadataActivities(dependencies: SqlMetadataDependencies): SqlMetadataActivities {
  return {
    checkSource: (run) => checkSource(dependencies, run),
    planDatabase: (request) => planDatabase(dependencies, request),
    extractBatch: (request) => extractBatch(dependencies, request),
    verifyDatabase: (request) => verifyDatabase(dependencies, request),
    publishRun: (request) => publishRun(dependencies, request),
    tidyRun: (run) => tidyRun(dependencies, run),
  };
}

export { latestRunKey, type LatestRun } from './latest-run.js';

import type { SqlMetadataDependencies } from '../dependencies.js';
import type { SqlMetadataActivities, SqlSourceActivities } from '../messages.js';
import { checkSource } from './check-source.js';
import { extractBatch } from './extract-batch.js';
import { planDatabase } from './plan-database.js';
import { publishRun } from './publish-run.js';
import { browseSqlSource } from './source/browse-sql-source.js';
import { checkSqlSource } from './source/check-sql-source.js';
import { planSqlExtraction } from './source/plan-sql-extraction.js';
import { tidyRun } from './tidy-run.js';
import { verifyDatabase } from './verify-database.js';

/** The activities of the SQL metadata workflows, on the given dependencies. */
export function createSqlMetadataActivities(dependencies: SqlMetadataDependencies): SqlMetadataActivities & SqlSourceActivities {
  return {
    checkSource: (run) => checkSource(dependencies, run),
    planDatabase: (request) => planDatabase(dependencies, request),
    extractBatch: (request) => extractBatch(dependencies, request),
    verifyDatabase: (request) => verifyDatabase(dependencies, request),
    publishRun: (request) => publishRun(dependencies, request),
    tidyRun: (run) => tidyRun(dependencies, run),
    checkSqlSource: (input) => checkSqlSource(dependencies, input),
    browseSqlSource: (input) => browseSqlSource(dependencies, input),
    planSqlExtraction: (input) => planSqlExtraction(dependencies, input),
  };
}

export { latestRunKey, type LatestRun } from './latest-run.js';

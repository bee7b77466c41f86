import type { CheckSqlSourceInput, SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import { sourceActivities } from './source-activities.js';

/** Finds out whether a source can be extracted, step by step. What does not work is in the result, with what mends it. */
export async function checkSqlSource(input: CheckSqlSourceInput): Promise<SourceCheck> {
  return sourceActivities.checkSqlSource(input);
}

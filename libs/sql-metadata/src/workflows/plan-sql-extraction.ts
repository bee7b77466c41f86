import type { PlanSqlExtractionInput, SqlExtractionPlan } from '@tributary/workflow-contracts/sql-metadata';
import { sourceActivities } from './source-activities.js';

/** Says what an extraction would have, and why each object is in or out. Fails with the code of the error that stopped it. */
export async function planSqlExtraction(input: PlanSqlExtractionInput): Promise<SqlExtractionPlan> {
  return sourceActivities.planSqlExtraction(input);
}

import type { Static, TSchema } from '@sinclair/typebox';
import {
  BrowseSqlSourceResultSchema,
  SourceCheckSchema,
  SqlExtractionPlanSchema,
} from '@tributary/workflow-contracts/schemas';
import {
  BROWSE_SQL_SOURCE,
  CHECK_SQL_SOURCE,
  PLAN_SQL_EXTRACTION,
  SQL_METADATA_QUEUE,
  type BrowseSqlSourceInput,
  type CheckSqlSourceInput,
  type PlanSqlExtractionInput,
} from '@tributary/workflow-contracts/sql-metadata';
import type { Question } from '../questions/ask-worker.js';
import { contractCheck } from '../validation.js';

/** What can be asked about a source: a short workflow on the worker that reaches it. */
export type SourceQuestion<I extends object, R> = Omit<Question<I, R>, 'refusals'>;

export const checkSource = question<CheckSqlSourceInput, typeof SourceCheckSchema>(CHECK_SQL_SOURCE, 'check-sql-source', SourceCheckSchema);
export const browseSource = question<BrowseSqlSourceInput, typeof BrowseSqlSourceResultSchema>(BROWSE_SQL_SOURCE, 'browse-sql-source', BrowseSqlSourceResultSchema);
export const planExtraction = question<PlanSqlExtractionInput, typeof SqlExtractionPlanSchema>(PLAN_SQL_EXTRACTION, 'plan-sql-extraction', SqlExtractionPlanSchema);

function question<I extends object, S extends TSchema>(workflowType: string, slug: string, schema: S): SourceQuestion<I, Static<S>> {
  return { workflowType, slug, taskQueue: SQL_METADATA_QUEUE, isAnswer: contractCheck(schema) };
}

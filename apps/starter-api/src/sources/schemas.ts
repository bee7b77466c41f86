import { Type, type TSchema } from '@sinclair/typebox';
import {
  BrowseSqlSourceInputSchema,
  BrowseSqlSourceResultSchema,
  CheckSqlSourceInputSchema,
  PlanSqlExtractionInputSchema,
  SourceCheckSchema,
  SqlExtractionPlanSchema,
} from '@tributary/workflow-contracts/schemas';
import { ProblemSchema } from '../problems/problem-schema.js';
import { withId } from '../schema-ref.js';

export const CheckInput = withId(CheckSqlSourceInputSchema, 'CheckSqlSourceInput');
export const BrowseInput = withId(BrowseSqlSourceInputSchema, 'BrowseSqlSourceInput');
export const PlanInput = withId(PlanSqlExtractionInputSchema, 'PlanSqlExtractionInput');
export const Check = withId(SourceCheckSchema, 'SourceCheck');
export const BrowseResult = withId(BrowseSqlSourceResultSchema, 'BrowseSqlSourceResult');
export const Plan = withId(SqlExtractionPlanSchema, 'SqlExtractionPlan');

/** Why a source cannot be used as it is; after a check with every step of it. */
export const SourceProblemSchema = Type.Object(
  {
    ...ProblemSchema.properties,
    serverVersion: SourceCheckSchema.properties.serverVersion,
    checks: Type.Optional(SourceCheckSchema.properties.checks),
    databases: Type.Optional(SourceCheckSchema.properties.databases),
  },
  { $id: 'SourceProblem', description: 'Problem details (RFC 9457) of a source that cannot be used as it is.' },
);

export const sourceSchemas: readonly TSchema[] = [CheckInput, BrowseInput, PlanInput, Check, BrowseResult, Plan, SourceProblemSchema];

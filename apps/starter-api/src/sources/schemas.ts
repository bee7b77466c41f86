import { Type } from '@sinclair/typebox';
import {
  BrowseSqlSourceInputSchema,
  BrowseSqlSourceResultSchema,
  CheckSqlSourceInputSchema,
  PlanSqlExtractionInputSchema,
  SourceCheckSchema,
  SqlExtractionPlanSchema,
} from '@tributary/workflow-contracts/schemas';
import { ProblemSchema } from '../problems/problem-schema.js';

export const CheckInput = { ...CheckSqlSourceInputSchema, $id: 'CheckSqlSourceInput' };
export const BrowseInput = { ...BrowseSqlSourceInputSchema, $id: 'BrowseSqlSourceInput' };
export const PlanInput = { ...PlanSqlExtractionInputSchema, $id: 'PlanSqlExtractionInput' };
export const Check = { ...SourceCheckSchema, $id: 'SourceCheck' };
export const BrowseResult = { ...BrowseSqlSourceResultSchema, $id: 'BrowseSqlSourceResult' };
export const Plan = { ...SqlExtractionPlanSchema, $id: 'SqlExtractionPlan' };

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

export const sourceSchemas = [CheckInput, BrowseInput, PlanInput, Check, BrowseResult, Plan, SourceProblemSchema];

import type { TSchema } from '@sinclair/typebox';
import { ETL_FLOW, LAUNCHPAD_QUEUE, MOCK_FLOW, SUMMARIZE_EVENTS } from '../etl/index.js';
import { BROWSE_SQL_SOURCE, CHECK_SQL_SOURCE, EXTRACT_SQL_METADATA, PLAN_SQL_EXTRACTION, SQL_METADATA_QUEUE } from '../sql-metadata/index.js';
import { FlowInputSchema } from './etl-input.js';
import { EtlFlowResultSchema } from './etl-result.js';
import { EventsTableSchema, SummarizeEventsInputSchema } from './etl-summary.js';
import { ExtractSqlMetadataInputSchema } from './extract-input.js';
import { ExtractSqlMetadataResultSchema } from './extract-result.js';
import { BrowseSqlSourceInputSchema, BrowseSqlSourceResultSchema } from './source-browse.js';
import { CheckSqlSourceInputSchema, SourceCheckSchema } from './source-check.js';
import { PlanSqlExtractionInputSchema, SqlExtractionPlanSchema } from './source-plan.js';

/** What somebody needs to know to start workflows of a type. */
export interface WorkflowType {
  /** Name of the type in Temporal. */
  readonly type: string;
  readonly taskQueue: string;
  /** What a run does, in a sentence or two. */
  readonly description: string;
  readonly input: TSchema;
  readonly result: TSchema;
  /** Route of the starter API that starts a run with the input as its body. */
  readonly route?: string;
}

/** The workflow types that anybody may start, with their contracts. */
export const workflowTypes: readonly WorkflowType[] = [
  {
    type: EXTRACT_SQL_METADATA,
    taskQueue: SQL_METADATA_QUEUE,
    description: 'Reads the catalog of a SQL source and publishes it as Atlas entities, with a manifest.',
    input: ExtractSqlMetadataInputSchema,
    result: ExtractSqlMetadataResultSchema,
    route: '/v1/runs/extract-sql-metadata',
  },
  {
    type: CHECK_SQL_SOURCE,
    taskQueue: SQL_METADATA_QUEUE,
    description: 'Signs in to a SQL source and says what an extraction could read of it, with the grant that is missing where it could not.',
    input: CheckSqlSourceInputSchema,
    result: SourceCheckSchema,
    route: '/v1/sources/check',
  },
  {
    type: BROWSE_SQL_SOURCE,
    taskQueue: SQL_METADATA_QUEUE,
    description: 'Lists the databases of a SQL source, the schemas of a database or the objects of a schema, a page at a time.',
    input: BrowseSqlSourceInputSchema,
    result: BrowseSqlSourceResultSchema,
    route: '/v1/sources/browse',
  },
  {
    type: PLAN_SQL_EXTRACTION,
    taskQueue: SQL_METADATA_QUEUE,
    description: 'Says what an extraction would read, object by object with the reason, and reads none of it.',
    input: PlanSqlExtractionInputSchema,
    result: SqlExtractionPlanSchema,
    route: '/v1/sources/plan',
  },
  {
    type: ETL_FLOW,
    taskQueue: LAUNCHPAD_QUEUE,
    description: 'Extracts what a query names, transforms it into events and loads them, each once.',
    input: FlowInputSchema,
    result: EtlFlowResultSchema,
    route: '/v1/runs/etl-flow',
  },
  {
    type: MOCK_FLOW,
    taskQueue: LAUNCHPAD_QUEUE,
    description: 'Goes the way of EtlFlow with events that it makes up: proves a deployment without touching a source.',
    input: FlowInputSchema,
    result: EtlFlowResultSchema,
    route: '/v1/runs/mock-flow',
  },
  {
    type: SUMMARIZE_EVENTS,
    taskQueue: LAUNCHPAD_QUEUE,
    description: 'Counts the events of the events database by week and type.',
    input: SummarizeEventsInputSchema,
    result: EventsTableSchema,
  },
];

import { Type, type SchemaOptions, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';
import {
  EtlFlowResultSchema,
  ExtractionProgressSchema,
  ExtractSqlMetadataInputSchema,
  ExtractSqlMetadataResultSchema,
  FlowInputSchema,
  FlowProgressSchema,
  LaunchpadQueryArgsSchema,
  ManifestShardSchema,
} from '@tributary/workflow-contracts/schemas';
import { LAUNCHPAD_QUERY } from '@tributary/workflow-contracts/etl';
import { CallerSchema } from './auth/caller-view.js';
import { eventSummarySchemas } from './event-summary/schemas.js';
import { differenceSchemas } from './difference/schemas.js';
import { ProblemSchema } from './problems/problem-schema.js';
import { eventRuleSchemas } from './event-rules/schemas.js';
import { entitySchemas } from './entities/schemas.js';
import { scheduleSchemas } from './schedules/schemas.js';
import { RUN_STATUSES } from './runs/run-status.js';
import { RUN_TYPES } from './runs/run-types.js';
import { runSchemas } from './runs/schemas.js';
import { developmentSecretSchemas } from './development-secrets/schemas.js';
import { configurationSchemas } from './configurations/schemas.js';
import { ref } from './schema-ref.js';
import { sdkSchemas } from './sdk-compatibility/schemas.js';
import { sourceSchemas } from './sources/schemas.js';

export { ref } from './schema-ref.js';

const ExtractInput = { ...ExtractSqlMetadataInputSchema, $id: 'ExtractSqlMetadataInput' };
const LaunchpadArgs = { ...LaunchpadQueryArgsSchema, $id: 'LaunchpadQueryArgs' };
const FlowInput = {
  ...FlowInputSchema,
  $id: 'FlowInput',
  // Of other types the worker alone knows which arguments they take.
  if: { properties: { type: { const: LAUNCHPAD_QUERY } } },
  then: { properties: { args: ref(LaunchpadArgs) } },
};
const FlowProgress = { ...FlowProgressSchema, $id: 'FlowProgress' };
const FlowResult = { ...EtlFlowResultSchema, $id: 'EtlFlowResult' };
const Progress = { ...ExtractionProgressSchema, $id: 'ExtractionProgress' };
const Result = { ...ExtractSqlMetadataResultSchema, $id: 'ExtractSqlMetadataResult' };

const runStatus = Type.Unsafe<(typeof RUN_STATUSES)[number]>({ type: 'string', enum: [...RUN_STATUSES] });
const runType = Type.String({ enum: RUN_TYPES.map(({ name }) => name), description: 'Workflow type.' });
const time = (description: string) => Type.String({ format: 'date-time', description });

export const RunLinksSchema = Type.Object(
  {
    self: Type.String(),
    progress: Type.String({ description: 'Server-sent events.' }),
    artifacts: Type.String(),
    temporalUi: Type.Optional(Type.String({ description: 'The run in the Temporal UI.' })),
  },
  { $id: 'RunLinks' },
);

const identity = {
  workflowId: Type.String(),
  runId: Type.String({ description: 'Tells runs of one workflow id apart.' }),
  type: runType,
  status: runStatus,
};

const summary = {
  ...identity,
  connection: Type.Optional(Type.String({ description: 'Qualified name of the connection, of extractions that this API started.' })),
  subject: Type.Optional(Type.String({ description: 'What a flow reads, of flows that this API started: team/some-team.' })),
  startTime: time('When the run started.'),
  closeTime: Type.Optional(time('When the run ended.')),
  links: ref(RunLinksSchema),
};

export const RunStartedSchema = Type.Object({ ...identity, links: ref(RunLinksSchema) }, { $id: 'RunStarted' });

export const RunSummarySchema = Type.Object(summary, { $id: 'RunSummary' });

export const RunSchema = Type.Object(
  {
    ...summary,
    cancelRequested: Type.Optional(Type.Boolean({ description: 'Somebody has asked to cancel it; it is winding up.' })),
    progress: Type.Optional(either(Progress, FlowProgress)),
    progressUnavailable: Type.Optional(ref(ProblemSchema)),
    result: Type.Optional(either(Result, FlowResult)),
    failure: Type.Optional(ref(ProblemSchema)),
    retriedAs: Type.Optional(Type.String({ description: 'Run id of the run that took this one up again.' })),
  },
  {
    $id: 'Run',
    description:
      'While it runs: progress, or why there is none. When completed: result. When failed, timed out or terminated: failure; of a flow that lost something (ETL_RUN_INCOMPLETE) also the result that it has all the same.',
  },
);
export type Run = Static<typeof RunSchema>;
export type RunSummary = Static<typeof RunSummarySchema>;

export const RunListSchema = Type.Object(
  {
    runs: Type.Array(ref(RunSummarySchema)),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'RunList' },
);

const { uri: _, content, database, kind, ...shardProperties } = ManifestShardSchema.properties;

export const ArtifactSchema = Type.Object(
  {
    key: Type.String({ description: 'Key in the object store.' }),
    href: Type.String({ description: 'Where to read it.' }),
    content: Type.Union([content, Type.Literal('report')], { description: 'report: what became of each subject of a flow.' }),
    database: Type.Optional(database),
    kind: Type.Optional(kind),
    ...shardProperties,
  },
  { $id: 'Artifact' },
);
export type Artifact = Static<typeof ArtifactSchema>;

export const ArtifactListSchema = Type.Object(
  {
    manifest: Type.Optional(
      Type.Object(
        { key: Type.String(), href: Type.String(), sha256: Type.String(), bytes: Type.Integer({ minimum: 0 }) },
        { description: 'Of an extraction: what lists its artifacts.' },
      ),
    ),
    artifacts: Type.Array(ref(ArtifactSchema)),
  },
  { $id: 'ArtifactList' },
);
export type ArtifactList = Static<typeof ArtifactListSchema>;

export const HealthSchema = Type.Object(
  {
    status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]),
    checks: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]), reason: Type.Optional(Type.String()) }),
      ),
    ),
  },
  { $id: 'Health' },
);

/** Every schema that others refer to: component schemas of the OpenAPI document. */
export const sharedSchemas: readonly TSchema[] = [
  ProblemSchema,
  ExtractInput,
  Progress,
  Result,
  LaunchpadArgs,
  FlowInput,
  FlowProgress,
  FlowResult,
  RunLinksSchema,
  RunStartedSchema,
  RunSummarySchema,
  RunSchema,
  RunListSchema,
  ...runSchemas,
  ...differenceSchemas,
  ArtifactSchema,
  ArtifactListSchema,
  HealthSchema,
  CallerSchema,
  ...scheduleSchemas,
  ...entitySchemas,
  ...eventRuleSchemas,
  ...configurationSchemas,
  ...sourceSchemas,
  ...eventSummarySchemas,
  ...developmentSecretSchemas,
  ...sdkSchemas,
];

export const runResult = either(Result, FlowResult);
export const extractInputRef = ref(ExtractInput);
export const flowInputRef = ref(FlowInput);

/** Path parameter and query that name one run. */
export const runParams = Type.Object({ workflowId: Type.String({ minLength: 1, maxLength: 1000 }) });
export const runQuery = Type.Object(
  {
    runId: Type.Optional(
      Type.String({
        pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
        description: 'Which run of the workflow id; without it the latest.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Of years in which there can be runs, and without leap seconds: not every store of visibility takes every time. */
const INSTANT = '^(?:19[7-9]|20\\d|21\\d)\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)$';
const instant = (description: string) =>
  Type.String({ format: 'date-time', pattern: INSTANT, description: `${description} RFC 3339.` });

export const listQuery = Type.Object(
  {
    status: Type.Optional(runStatus),
    type: Type.Optional(runType),
    connection: Type.Optional(
      Type.String({
        maxLength: 255,
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*$',
        description: 'Qualified name of a connection: its extractions. Needs the search attribute TributaryConnection.',
      }),
    ),
    subject: Type.Optional(
      Type.String({
        pattern: `^[^\\u0000-\\u001f\\u007f'"\\\\]{1,255}$`,
        description: 'What a flow reads, as the list shows it: team/some-team. Needs the search attribute TributarySubject.',
      }),
    ),
    startedAfter: Type.Optional(instant('Runs that started later.')),
    startedBefore: Type.Optional(instant('Runs that started earlier.')),
    workflowIdPrefix: Type.Optional(
      Type.String({ pattern: `^[A-Za-z0-9._~:@/+=,%-]{1,255}$`, description: 'What the workflow id begins with.' }),
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    pageToken: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,4096}$', description: 'nextPageToken of the page before.' })),
  },
  { additionalProperties: false },
);

/** One of two shared schemas, of which no value fits both. */
function either<A extends TSchema, B extends TSchema>(a: A, b: B): TUnsafe<Static<A> | Static<B>> {
  return Type.Unsafe<Static<A> | Static<B>>({ anyOf: [ref(a), ref(b)] });
}

/** Responses of a route: its own, and problem details for the listed statuses. */
export function responses<R extends Record<number, TSchema>>(own: R, problems: readonly number[]) {
  const problem: SchemaOptions = {
    description: 'Problem details.',
    content: { 'application/problem+json': { schema: ref(ProblemSchema) } },
  };
  return { ...own, ...Object.fromEntries([...COMMON_PROBLEMS, ...problems].map((status) => [status, problem])) };
}

const COMMON_PROBLEMS = [400, 401, 403, 421, 429, 500, 503] as const;

import type { Client } from '@temporalio/client';
import { API_PAGE_TOKEN_INVALID, RUN_FILTER_UNAVAILABLE } from '../errors.js';
import type { RunSummary } from '../schemas.js';
import { decodePayloads } from './decode-payloads.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { runLinks, type TemporalUi } from './run-links.js';
import { readLabels } from './run-memo.js';
import { runSearchAttributes } from './run-search-attributes.js';
import { runStatusOf, VISIBILITY_NAMES, type RunStatus } from './run-status.js';
import { RUN_TYPES, runTypeOf } from './run-types.js';
import { SharedReads } from './shared-reads.js';
import { GRPC, grpcCode, temporalCall } from './temporal-call.js';

export interface RunFilter {
  readonly status?: RunStatus;
  /** Name of a run type. */
  readonly type?: string;
  /** Qualified name of a connection. */
  readonly connection?: string;
  readonly subject?: string;
  /** RFC 3339. */
  readonly startedAfter?: string;
  readonly startedBefore?: string;
  readonly workflowIdPrefix?: string;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface RunPage {
  readonly runs: RunSummary[];
  readonly nextPageToken?: string;
}

type RawPage = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>;
type RawRun = RawPage['executions'][number];

const readingByClient = new WeakMap<Client, SharedReads<RunPage>>();

/**
 * One page of runs, the latest first. From Temporal's visibility, which follows the runs by fractions of a second. It is
 * slow, and serves few requests per second by default: all who ask for the same page at the same time share one answer.
 * @throws CodedError API_PAGE_TOKEN_INVALID, RUN_FILTER_UNAVAILABLE, API_TEMPORAL_UNAVAILABLE
 */
export function listRuns(client: Client, ui: TemporalUi, filter: RunFilter): Promise<RunPage> {
  const query = visibilityQuery(filter);
  let reading = readingByClient.get(client);
  if (!reading) readingByClient.set(client, (reading = new SharedReads()));
  return reading.get(JSON.stringify([query, filter.pageSize, filter.pageToken, ui]), () => readRuns(client, ui, filter, query));
}

async function readRuns(client: Client, ui: TemporalUi, filter: RunFilter, query: string): Promise<RunPage> {
  if (filter.connection !== undefined || filter.subject !== undefined) await assertFindable(client);
  const nextPageToken = filter.pageToken === undefined ? undefined : decodePageToken(query, filter.pageToken);
  const page = await readPage(client, { query, pageSize: filter.pageSize, ...(nextPageToken ? { nextPageToken } : {}) });
  const runs = await Promise.all(page.executions.map((run) => summaryOf(client, ui, run)));
  const more = page.nextPageToken.length > 0;
  return { runs, ...(more ? { nextPageToken: encodePageToken(query, page.nextPageToken) } : {}) };
}

/** A memo can't be asked for: what a run is about is found by its search attributes or not at all. */
async function assertFindable(client: Client): Promise<void> {
  const { namespace } = client.options;
  if (!(await runSearchAttributes(client).known())) throw RUN_FILTER_UNAVAILABLE({ namespace });
}

function visibilityQuery(filter: RunFilter): string {
  const types = filter.type === undefined ? RUN_TYPES : [runTypeOf(filter.type)];
  const conditions: readonly (string | undefined)[] = [
    `WorkflowType IN (${types.flatMap((type) => (type ? [literal(type.name)] : [])).join(', ')})`,
    filter.status && `ExecutionStatus = ${literal(VISIBILITY_NAMES[filter.status])}`,
    filter.connection && `TributaryConnection = ${literal(filter.connection)}`,
    filter.subject && `TributarySubject = ${literal(filter.subject)}`,
    filter.startedAfter && `StartTime > ${literal(instant(filter.startedAfter))}`,
    filter.startedBefore && `StartTime < ${literal(instant(filter.startedBefore))}`,
    filter.workflowIdPrefix && `WorkflowId STARTS_WITH ${literal(filter.workflowIdPrefix)}`,
  ];
  return conditions.filter((condition) => condition !== undefined).join(' AND ');
}

function instant(text: string): string {
  return new Date(text).toISOString();
}

/** The schema lets none of the characters through that end or escape a literal; one that came by another way ends here. */
function literal(text: string): string {
  if (/['"\\]/.test(text)) throw new RangeError('A value of a visibility query holds a quote or a backslash');
  return `'${text}'`;
}

async function readPage(client: Client, request: { query: string; pageSize: number; nextPageToken?: Uint8Array }): Promise<RawPage> {
  try {
    const { namespace } = client.options;
    return await temporalCall(client, () => client.workflowService.listWorkflowExecutions({ namespace, ...request }));
  } catch (error) {
    if (request.nextPageToken && grpcCode(error) === GRPC.INVALID_ARGUMENT) throw API_PAGE_TOKEN_INVALID({}, { cause: error });
    throw error;
  }
}

async function summaryOf(client: Client, ui: TemporalUi, run: RawRun): Promise<RunSummary> {
  const workflowId = run.execution?.workflowId ?? '';
  const runId = run.execution?.runId ?? '';
  const noted = Object.entries(run.memo?.fields ?? {});
  const values = await decodePayloads(client, noted.map(([, payload]) => payload));
  const labels = readLabels(Object.fromEntries(noted.map(([name], index) => [name, values[index]])));
  return {
    workflowId,
    runId,
    type: run.type?.name ?? '',
    status: runStatusOf(STATUS_NAMES[run.status ?? 0] ?? 'UNKNOWN'),
    ...labels,
    startTime: timeOf(run.startTime),
    ...(run.closeTime ? { closeTime: timeOf(run.closeTime) } : {}),
    links: runLinks(workflowId, runId, ui),
  };
}

/** Names of the numbers in Temporal's WorkflowExecutionStatus. */
const STATUS_NAMES = [
  'UNSPECIFIED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'TERMINATED',
  'CONTINUED_AS_NEW',
  'TIMED_OUT',
  'PAUSED',
] as const;

function timeOf(time: RawRun['startTime']): string {
  return new Date(Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1_000_000)).toISOString();
}

import type { Client } from '@temporalio/client';
import { API_PAGE_TOKEN_INVALID } from '../errors.js';
import type { RunSummary } from '../schemas.js';
import { decodePayloads } from './decode-payloads.js';
import { decodePageToken, encodePageToken } from './page-token.js';
import { runLinks, type TemporalUi } from './run-links.js';
import { readLabels } from './run-memo.js';
import { runStatusOf, VISIBILITY_NAMES, type RunStatus } from './run-status.js';
import { RUN_TYPES, runTypeOf } from './run-types.js';
import { GRPC, grpcCode, temporalCall } from './temporal-call.js';

export interface RunFilter {
  readonly status?: RunStatus;
  /** Name of a run type. */
  readonly type?: string;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface RunPage {
  readonly runs: RunSummary[];
  readonly nextPageToken?: string;
}

type RawPage = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>;
type RawRun = RawPage['executions'][number];

/**
 * One page of runs, the latest first. From Temporal's visibility, which follows the runs by fractions of a second.
 * @throws CodedError API_PAGE_TOKEN_INVALID, API_TEMPORAL_UNAVAILABLE
 */
export async function listRuns(client: Client, ui: TemporalUi, filter: RunFilter): Promise<RunPage> {
  const query = visibilityQuery(filter);
  const nextPageToken = filter.pageToken === undefined ? undefined : decodePageToken(query, filter.pageToken);
  const page = await readPage(client, { query, pageSize: filter.pageSize, ...(nextPageToken ? { nextPageToken } : {}) });
  const runs = await Promise.all(page.executions.map((run) => summaryOf(client, ui, run)));
  const more = page.nextPageToken.length > 0;
  return { runs, ...(more ? { nextPageToken: encodePageToken(query, page.nextPageToken) } : {}) };
}

/** Names come from our own lists alone: nothing of a client is pasted into the query. */
function visibilityQuery({ status, type }: RunFilter): string {
  const types = (type === undefined ? RUN_TYPES : [runTypeOf(type)]).flatMap((known) => (known ? [`'${known.name}'`] : []));
  const ofType = `WorkflowType IN (${types.join(', ')})`;
  return status === undefined ? ofType : `${ofType} AND ExecutionStatus = '${VISIBILITY_NAMES[status]}'`;
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

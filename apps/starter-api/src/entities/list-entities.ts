import type { Client } from '@temporalio/client';
import { API_PAGE_TOKEN_INVALID } from '../errors.js';
import { decodePageToken, encodePageToken } from '../runs/page-token.js';
import type { TemporalUi } from '../runs/run-links.js';
import { runStatusOf, VISIBILITY_NAMES, type RunStatus } from '../runs/run-status.js';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import { isoTime } from '../schedules/schedule-spec.js';
import { entityLinks } from './entity-links.js';
import { ENTITY_TYPES, type EntityType } from './entity-types.js';
import type { EntityList, EntitySummary } from './schemas.js';

export interface EntityFilter {
  readonly type?: EntityType | undefined;
  readonly status?: RunStatus | undefined;
  readonly pageSize: number;
  readonly pageToken?: string | undefined;
}

type RawRun = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'][number];

/**
 * One page of entities, the latest run first. From Temporal's visibility, which follows by fractions of a second.
 * @throws CodedError API_PAGE_TOKEN_INVALID, API_TEMPORAL_UNAVAILABLE
 */
export async function listEntities(client: Client, ui: TemporalUi, { type, status, pageSize, pageToken }: EntityFilter): Promise<EntityList> {
  const query = visibilityQuery(type, status);
  const nextPageToken = pageToken === undefined ? undefined : decodePageToken(query, pageToken);
  const request = { namespace: client.options.namespace, query, pageSize, ...(nextPageToken ? { nextPageToken } : {}) };
  const page = await temporalCall(client, () => client.workflowService.listWorkflowExecutions(request)).catch((error: unknown) => {
    if (nextPageToken && grpcCode(error) === GRPC.INVALID_ARGUMENT) throw API_PAGE_TOKEN_INVALID({}, { cause: error });
    throw error;
  });
  return {
    entities: page.executions.flatMap((run) => summaryOf(run, ui) ?? []),
    ...(page.nextPageToken.length > 0 ? { nextPageToken: encodePageToken(query, page.nextPageToken) } : {}),
  };
}

/** Names come from our own lists alone: nothing of a client is pasted into the query. */
function visibilityQuery(type: EntityType | undefined, status: RunStatus | undefined): string {
  const names = (type ? [type] : ENTITY_TYPES).map(({ definition }) => `'${definition.name}'`);
  const ofStatus = status === undefined ? `ExecutionStatus != '${VISIBILITY_NAMES['continued-as-new']}'` : `ExecutionStatus = '${VISIBILITY_NAMES[status]}'`;
  return `WorkflowType IN (${names.join(', ')}) AND ${ofStatus}`;
}

/** Undefined for a tree under a prefix of its own, which this API does not reach. */
function summaryOf(run: RawRun, ui: TemporalUi): EntitySummary | undefined {
  const workflowId = run.execution?.workflowId ?? '';
  const runId = run.execution?.runId ?? '';
  const type = ENTITY_TYPES.find(({ definition }) => definition.name === run.type?.name);
  if (!type || !workflowId.startsWith(`${type.definition.type}/`)) return undefined;
  const id = decoded(workflowId.slice(type.definition.type.length + 1));
  return {
    type: type.slug,
    id,
    workflowId,
    runId,
    status: runStatusOf(STATUS_NAMES[run.status ?? 0] ?? 'UNKNOWN'),
    startTime: isoTime(run.startTime),
    ...(run.closeTime ? { closeTime: isoTime(run.closeTime) } : {}),
    links: entityLinks(type.slug, id, { workflowId, runId }, ui),
  };
}

/** Names of the numbers in Temporal's WorkflowExecutionStatus. */
const STATUS_NAMES = ['UNSPECIFIED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'CONTINUED_AS_NEW', 'TIMED_OUT', 'PAUSED'] as const;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

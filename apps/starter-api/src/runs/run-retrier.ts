import { createHash } from 'node:crypto';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { isCodedError } from '@tributary/common';
import { RUN_NOT_FAILED, RUN_NOT_RESETTABLE, RUN_SUPERSEDED } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { ApiServices } from '../services.js';
import { alreadyRunning } from './already-running.js';
import { retriedAs } from './retried-as.js';
import { RetryPointFinder, type RetryPoint } from './retry-point.js';
import { runLinks } from './run-links.js';
import { readLabels } from './run-memo.js';
import type { StartedRun } from './run-starter.js';
import { runStatusOf, type RunStatus } from './run-status.js';
import type { RunType } from './run-type.js';
import { GRPC, grpcCode, temporalCall } from './temporal-call.js';

type Services = Pick<ApiServices, 'client' | 'reader' | 'running' | 'ui'>;

export interface RetriedRun extends StartedRun {
  readonly type: string;
  /** Run id of the run that failed. */
  readonly retryOf: string;
  /** Type of the activity that is repeated first; absent when all is. */
  readonly from?: string;
}

const RETRYABLE: readonly RunStatus[] = ['failed', 'timed-out', 'terminated'];

/** Numbers of ResetReapplyExcludeType: signals, updates and Nexus events after the point stay with the run that failed. */
const REAPPLY_NOTHING = [1, 2, 3];

/** Events per page; the server gives no more. */
const PAGE_EVENTS = 256;

/**
 * Takes a run that failed up again, by Temporal's reset, as a run of its own under the same workflow id. Asked again, also
 * at the same time, it answers with the same run.
 * @throws CodedError RUN_UNKNOWN, RUN_NOT_FAILED, RUN_SUPERSEDED, RUN_ALREADY_RUNNING, RUN_NOT_RESETTABLE, API_TEMPORAL_UNAVAILABLE
 */
export async function retryRun(services: Services, workflowId: string, runIdGiven: string | undefined): Promise<RetriedRun> {
  const { reader } = services;
  const { description, type } = await reader.describe(workflowId, runIdGiven);
  const { runId } = description;
  const status = runStatusOf(description.status.name);
  if (!RETRYABLE.includes(status)) throw RUN_NOT_FAILED({ status });
  const about = { workflowId: description.workflowId, type: description.type, retryOf: runId };

  const other = await standsInTheWay(services, description, type);
  if (other) return { ...about, ...(await repeated(services, description, type, other)) };

  const point = await findRetryPoint(services, description, type);
  const retried = await reset(services, description, point);
  const { connection } = readLabels(description.memo);
  if (type.exclusive && connection !== undefined) services.running.noteStarted(connection, { workflowId, runId: retried });
  const { description: now } = await reader.describe(workflowId, retried);
  return { ...about, runId: retried, status: runStatusOf(now.status.name), ...(point.activity === undefined ? {} : { from: point.activity }) };
}

/** A later run of the workflow; or a running one, which the reset would end, or which has the connection for itself. */
async function standsInTheWay({ reader, running }: Services, { workflowId, runId, memo }: WorkflowExecutionDescription, { exclusive }: RunType): Promise<Standing | undefined> {
  const { description: latest } = await reader.describe(workflowId);
  if (latest.runId !== runId) return { workflowId, runId: latest.runId };
  const { connection } = readLabels(memo);
  return exclusive && connection !== undefined ? running.find(connection) : undefined;
}

type Standing = Pick<StartedRun, 'workflowId' | 'runId'>;

/** The run that stands in the way, when it is the retry that is asked for. */
async function repeated({ reader, ui }: Services, failed: WorkflowExecutionDescription, { exclusive }: RunType, other: Standing) {
  // Read anew: it may have become the retry since.
  const { description: now } = await reader.describe(failed.workflowId, failed.runId);
  if (retriedAs(now) === other.runId) {
    const { description } = await reader.describe(other.workflowId, other.runId);
    return { runId: other.runId, status: runStatusOf(description.status.name) };
  }
  const { connection } = readLabels(failed.memo);
  if (exclusive && connection !== undefined && other.workflowId !== failed.workflowId) throw alreadyRunning(connection, other, ui);
  throw new ApiProblem(RUN_SUPERSEDED({ runId: other.runId }), { run: runLinks(other.workflowId, other.runId, ui).self });
}

async function findRetryPoint({ client }: Services, { workflowId, runId }: WorkflowExecutionDescription, { retry }: RunType): Promise<RetryPoint> {
  const finder = new RetryPointFinder(retry);
  const { namespace } = client.options;
  const request = { namespace, execution: { workflowId, runId }, maximumPageSize: PAGE_EVENTS };
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const token = nextPageToken;
    const page = await temporalCall(client, () => client.workflowService.getWorkflowExecutionHistory({ ...request, nextPageToken: token }));
    for (const event of page.history?.events ?? []) finder.add(event);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  const point = finder.find();
  if (!point) throw RUN_NOT_RESETTABLE({ reason: 'no worker had begun it' });
  return point;
}

async function reset({ client }: Services, { workflowId, runId }: WorkflowExecutionDescription, { workflowTask, activity }: RetryPoint): Promise<string> {
  const request = {
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    reason: activity === undefined ? 'Retried from the beginning' : `Retried from ${activity}`,
    workflowTaskFinishEventId: workflowTask,
    // The server answers a request that it knows with the run that it has made for it.
    requestId: requestIdOf(runId),
    resetReapplyExcludeTypes: REAPPLY_NOTHING,
    identity: client.options.identity,
  };
  try {
    return (await temporalCall(client, () => client.workflowService.resetWorkflowExecution(request))).runId;
  } catch (error) {
    if (isCodedError(error) || grpcCode(error) !== GRPC.INVALID_ARGUMENT) throw error;
    throw RUN_NOT_RESETTABLE({ reason: 'Temporal finds no point in its history to which it could go back' }, { cause: error });
  }
}

/** In the form of a UUID, and always the same for one run: a run is retried once. */
function requestIdOf(runId: string): string {
  const hex = createHash('sha256').update(`retry ${runId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

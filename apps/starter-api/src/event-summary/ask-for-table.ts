import { randomBytes } from 'node:crypto';
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { LAUNCHPAD_QUEUE, SUMMARIZE_EVENTS, type EventsTable, type SummarizeEventsInput } from '@tributary/workflow-contracts/etl';
import { EventsTableSchema } from '@tributary/workflow-contracts/schemas';
import { CodedError } from '@tributary/common';
import { failureProblem } from '../runs/failure-problem.js';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import { hasWorker } from '../sources/worker-presence.js';
import { contractCheck } from '../validation.js';
import { EVENTS_ANSWER_LATE, EVENTS_ANSWER_UNREADABLE, EVENTS_UNAVAILABLE, EVENTS_WORKER_MISSING } from './errors.js';

const isTable = contractCheck(EventsTableSchema);

/** How long a request waits, in milliseconds: below the time that a request may take. */
const PATIENCE_MS = 25_000;

/** When a workflow that nobody waits for any more ends by itself. */
const EXECUTION_TIMEOUT = '2 minutes';

/**
 * Has the worker that holds the events count them, by a workflow of its own.
 * @throws CodedError EVENTS_WORKER_MISSING, EVENTS_ANSWER_LATE, EVENTS_UNAVAILABLE, EVENTS_ANSWER_UNREADABLE,
 * ETL_SUMMARY_SPAN_INVALID, API_TEMPORAL_UNAVAILABLE
 */
export async function askForTable(client: Client, input: SummarizeEventsInput, patienceMs = PATIENCE_MS): Promise<EventsTable> {
  const until = Date.now() + patienceMs;
  if (!(await hasWorker(client, LAUNCHPAD_QUEUE))) throw EVENTS_WORKER_MISSING({ taskQueue: LAUNCHPAD_QUEUE });
  const workflowId = `summarize-events~${randomBytes(8).toString('hex')}`;
  const handle = await temporalCall(client, () =>
    client.workflow.start(SUMMARIZE_EVENTS, { workflowId, taskQueue: LAUNCHPAD_QUEUE, args: [input], workflowExecutionTimeout: EXECUTION_TIMEOUT }),
  );
  try {
    const table: unknown = await client.connection.withDeadline(until, () => handle.result());
    if (isTable(table)) return table;
  } catch (error) {
    if (error instanceof WorkflowFailedError) throw refusalOf(error.cause);
    if (grpcCode(error) === GRPC.DEADLINE_EXCEEDED) throw EVENTS_ANSWER_LATE({ seconds: Math.round(patienceMs / 1_000), workflowId });
    return temporalCall(client, () => Promise.reject(error as Error));
  }
  throw EVENTS_ANSWER_UNREADABLE({ workflowId });
}

/** What was asked wrongly is the client's; whatever keeps the worker from its database is not. */
function refusalOf(failure: unknown): CodedError {
  const { code, detail, fix } = failureProblem(failure);
  if (!code.startsWith('ETL_SUMMARY_')) return EVENTS_UNAVAILABLE({ code, reason: detail, fix }, { cause: failure });
  return new CodedError({ code, recovery: 'fatal', status: 400, message: detail, fix }, {}, { cause: failure });
}

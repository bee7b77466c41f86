import type { Client } from '@temporalio/client';
import { LAUNCHPAD_QUEUE, SUMMARIZE_EVENTS, type EventsTable, type SummarizeEventsInput } from '@tributary/workflow-contracts/etl';
import { EventsTableSchema } from '@tributary/workflow-contracts/schemas';
import { CodedError } from '@tributary/common';
import { askWorker, type Question } from '../questions/ask-worker.js';
import { failureProblem } from '../runs/failure-problem.js';
import { contractCheck } from '../validation.js';
import { EVENTS_ANSWER_LATE, EVENTS_ANSWER_UNREADABLE, EVENTS_UNAVAILABLE, EVENTS_WORKER_MISSING } from './errors.js';

const summarizeEvents: Question<SummarizeEventsInput, EventsTable> = {
  workflowType: SUMMARIZE_EVENTS,
  slug: 'summarize-events',
  taskQueue: LAUNCHPAD_QUEUE,
  isAnswer: contractCheck(EventsTableSchema),
  refusals: {
    workerMissing: (taskQueue) => EVENTS_WORKER_MISSING({ taskQueue }),
    failed: refusalOf,
    late: ({ workflowId, seconds }) => EVENTS_ANSWER_LATE({ seconds, workflowId }),
    unreadable: (workflowId) => EVENTS_ANSWER_UNREADABLE({ workflowId }),
  },
};

/**
 * Has the worker that holds the events count them.
 * @throws CodedError EVENTS_WORKER_MISSING, EVENTS_ANSWER_LATE, EVENTS_UNAVAILABLE, EVENTS_ANSWER_UNREADABLE,
 * ETL_SUMMARY_SPAN_INVALID, API_TEMPORAL_UNAVAILABLE
 */
export function askForTable(client: Client, input: SummarizeEventsInput, patienceMs?: number): Promise<EventsTable> {
  return askWorker(client, summarizeEvents, input, patienceMs);
}

/** What was asked wrongly is the client's; whatever keeps the worker from its database is not. */
function refusalOf(failure: unknown): CodedError {
  const { code, detail, fix } = failureProblem(failure);
  if (!code.startsWith('ETL_SUMMARY_')) return EVENTS_UNAVAILABLE({ code, reason: detail, fix }, { cause: failure });
  return new CodedError({ code, recovery: 'fatal', status: 400, message: detail, fix }, {}, { cause: failure });
}

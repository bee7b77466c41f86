import type { Client } from '@temporalio/client';
import { SOURCE_ANSWER_LATE, SOURCE_ANSWER_UNREADABLE, SOURCE_WORKER_MISSING } from '../errors.js';
import { askWorker, type Refusals } from '../questions/ask-worker.js';
import { runLinks, type TemporalUi } from '../runs/run-links.js';
import { sourceFailure } from './source-failure.js';
import type { SourceQuestion } from './source-questions.js';

export interface AskOptions {
  readonly client: Client;
  readonly ui: TemporalUi;
  /** @default 25000 */
  readonly patienceMs?: number;
}

/**
 * Asks about a source, whatever credentials other requests refer to.
 * @throws CodedError what the source is refused for; SOURCE_WORKER_MISSING, SOURCE_ANSWER_LATE, SOURCE_ANSWER_UNREADABLE,
 * API_TEMPORAL_UNAVAILABLE
 */
export function askSource<I extends object, R>({ client, ui, patienceMs }: AskOptions, question: SourceQuestion<I, R>, input: I): Promise<R> {
  return askWorker(client, { ...question, refusals: refusals(ui) }, input, patienceMs);
}

function refusals(ui: TemporalUi): Refusals {
  return {
    workerMissing: (taskQueue) => SOURCE_WORKER_MISSING({ taskQueue }),
    failed: sourceFailure,
    late: ({ workflowId, runId, seconds }) => {
      const place = runLinks(workflowId, runId, ui).temporalUi ?? 'the Temporal UI shows it';
      return SOURCE_ANSWER_LATE({ seconds, workflowId, place });
    },
    unreadable: (workflowId) => SOURCE_ANSWER_UNREADABLE({ workflowId }),
  };
}

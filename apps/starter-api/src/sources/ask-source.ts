import { randomBytes } from 'node:crypto';
import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { SOURCE_ANSWER_LATE, SOURCE_ANSWER_UNREADABLE, SOURCE_WORKER_MISSING } from '../errors.js';
import { runLinks, type TemporalUi } from '../runs/run-links.js';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import { sourceFailure } from './source-failure.js';
import type { SourceQuestion } from './source-questions.js';
import { hasWorker, isUntouched } from './worker-presence.js';

/** How long a request waits for its answer, below the time that a request may take, in milliseconds. */
const PATIENCE_MS = 25_000;

/** When a workflow that nobody waits for any more ends by itself. */
const EXECUTION_TIMEOUT = '2 minutes';

export interface AskOptions {
  readonly client: Client;
  readonly ui: TemporalUi;
  /** @default 25000 */
  readonly patienceMs?: number;
}

/**
 * Asks about a source by a workflow of its own: nothing is shared between requests, whatever credentials they refer to.
 * @throws CodedError what the source is refused for; SOURCE_WORKER_MISSING, SOURCE_ANSWER_LATE, SOURCE_ANSWER_UNREADABLE,
 * API_TEMPORAL_UNAVAILABLE
 */
export async function askSource<I extends object, R>(options: AskOptions, question: SourceQuestion<I, R>, input: I): Promise<R> {
  const { client, patienceMs = PATIENCE_MS } = options;
  const { workflowType, taskQueue, slug } = question;
  const until = Date.now() + patienceMs;
  if (!(await hasWorker(client, taskQueue))) throw SOURCE_WORKER_MISSING({ taskQueue });
  const workflowId = `${slug}~${randomBytes(8).toString('hex')}`;
  const handle = await temporalCall(client, () =>
    client.workflow.start(workflowType, { workflowId, taskQueue, args: [input], workflowExecutionTimeout: EXECUTION_TIMEOUT }),
  );
  const answer = await answerOf(options, handle, taskQueue, until);
  if (!question.isAnswer(answer)) throw SOURCE_ANSWER_UNREADABLE({ workflowId });
  return answer;
}

async function answerOf(options: AskOptions, handle: WorkflowHandle, taskQueue: string, until: number): Promise<unknown> {
  const { client, ui, patienceMs = PATIENCE_MS } = options;
  try {
    return await client.connection.withDeadline(until, () => handle.result());
  } catch (error) {
    if (error instanceof WorkflowFailedError) throw sourceFailure(error.cause);
    if (grpcCode(error) !== GRPC.DEADLINE_EXCEEDED) return temporalCall(client, () => Promise.reject(error as Error));
  }
  const description = await temporalCall(client, () => handle.describe());
  if (isUntouched(description)) {
    await temporalCall(client, () => handle.terminate('Nobody waits for the answer any more'));
    throw SOURCE_WORKER_MISSING({ taskQueue });
  }
  const { workflowId, runId } = description;
  const place = runLinks(workflowId, runId, ui).temporalUi ?? 'the Temporal UI shows it';
  throw SOURCE_ANSWER_LATE({ seconds: Math.round(patienceMs / 1_000), workflowId, place });
}

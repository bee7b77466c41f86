import { randomBytes } from 'node:crypto';
import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import { hasWorker, isUntouched } from './worker-presence.js';

/** How long a request waits for its answer, below the time that a request may take, in milliseconds. */
const PATIENCE_MS = 25_000;

/** When a workflow that nobody waits for any more ends by itself. */
const EXECUTION_TIMEOUT = '2 minutes';

/** What is asked of a worker: a short workflow, whose result a request waits for. */
export interface Question<I extends object, R> {
  readonly workflowType: string;
  /** First words of its workflow ids. */
  readonly slug: string;
  readonly taskQueue: string;
  isAnswer(value: unknown): value is R;
  readonly refusals: Refusals;
  /** Only there for its type. */
  readonly input?: I;
}

/** What a request is refused with when there is no answer. */
export interface Refusals {
  workerMissing(taskQueue: string): Error;
  /** @param failure what the workflow failed with */
  failed(failure: unknown): Error;
  late(question: { readonly workflowId: string; readonly runId: string; readonly seconds: number }): Error;
  unreadable(workflowId: string): Error;
}

/**
 * Asks by a workflow of its own: nothing is shared between requests. One that no worker has begun is withdrawn.
 * @throws what `refusals` of the question give; CodedError API_TEMPORAL_UNAVAILABLE
 */
export async function askWorker<I extends object, R>(client: Client, question: Question<I, R>, input: I, patienceMs = PATIENCE_MS): Promise<R> {
  const { workflowType, taskQueue, slug, refusals } = question;
  const until = Date.now() + patienceMs;
  if (!(await hasWorker(client, taskQueue))) throw refusals.workerMissing(taskQueue);
  const workflowId = `${slug}~${randomBytes(8).toString('hex')}`;
  const handle = await temporalCall(client, () =>
    client.workflow.start(workflowType, { workflowId, taskQueue, args: [input], workflowExecutionTimeout: EXECUTION_TIMEOUT }),
  );
  const answer = await answerOf(client, handle, question, until);
  if (answer === undefined) throw await withoutAnswer(client, handle, question, patienceMs);
  if (!question.isAnswer(answer.value)) throw refusals.unreadable(workflowId);
  return answer.value;
}

/** What the workflow answers; undefined when it takes too long. */
async function answerOf(client: Client, handle: WorkflowHandle, { refusals }: Pick<Question<object, unknown>, 'refusals'>, until: number): Promise<{ value: unknown } | undefined> {
  try {
    return { value: await client.connection.withDeadline(until, () => handle.result()) };
  } catch (error) {
    if (error instanceof WorkflowFailedError) throw refusals.failed(error.cause);
    if (grpcCode(error) === GRPC.DEADLINE_EXCEEDED) return undefined;
    return temporalCall(client, () => Promise.reject(error as Error));
  }
}

async function withoutAnswer(client: Client, handle: WorkflowHandle, { taskQueue, refusals }: Pick<Question<object, unknown>, 'taskQueue' | 'refusals'>, patienceMs: number): Promise<Error> {
  const description = await temporalCall(client, () => handle.describe());
  if (isUntouched(description)) {
    await temporalCall(client, () => handle.terminate('Nobody waits for the answer any more'));
    return refusals.workerMissing(taskQueue);
  }
  const { workflowId, runId } = description;
  return refusals.late({ workflowId, runId, seconds: Math.round(patienceMs / 1_000) });
}

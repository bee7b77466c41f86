import { Context } from '@temporalio/activity';
import { SQL_ANSWER_TIMEOUT } from '../../errors.js';

/** Seconds within which an activity answers: below its start-to-close time-out, so that it says itself what happened. */
const ANSWER_SECONDS = 16;

/**
 * Runs `work` until it is done, cancelled, or out of time.
 * @throws CodedError SQL_ANSWER_TIMEOUT
 */
export async function withAnswerLimit<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(ANSWER_SECONDS * 1_000);
  try {
    return await work(AbortSignal.any([Context.current().cancellationSignal, late]));
  } catch (error) {
    if (late.aborted && error === late.reason) throw SQL_ANSWER_TIMEOUT({ seconds: ANSWER_SECONDS }, { cause: error });
    throw error;
  }
}

import type { Client } from '@temporalio/client';
import { isCodedError } from '@tributary/common';
import { RUN_UNKNOWN } from '../errors.js';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import { SCHEDULE_EXISTS, SCHEDULE_REFUSED, SCHEDULE_UNKNOWN } from './errors.js';

const ALREADY_EXISTS = 6;
const REASON_MAX = 300;
const QUERY_DEADLINE_MS = 2_000;
const QUERY_ATTEMPTS = 3;

/**
 * Calls Temporal about a schedule.
 * @throws CodedError SCHEDULE_UNKNOWN, SCHEDULE_EXISTS, SCHEDULE_REFUSED, API_TEMPORAL_UNAVAILABLE
 */
export async function scheduleCall<T>(client: Client, id: string, fn: () => Promise<T>, deadlineMs?: number): Promise<T> {
  try {
    return await temporalCall(client, fn, deadlineMs);
  } catch (error) {
    if (isCodedError(error) && error.code === RUN_UNKNOWN.code) throw SCHEDULE_UNKNOWN({}, { cause: error });
    const code = grpcCode(error);
    if (code === ALREADY_EXISTS) throw SCHEDULE_EXISTS({ id }, { cause: error });
    if (code === GRPC.INVALID_ARGUMENT) throw SCHEDULE_REFUSED({ reason: reasonOf(error) }, { cause: error });
    throw error;
  }
}

/**
 * Reads about a schedule. Temporal asks the schedule itself, and an answer that meets a change is lost now and then: it is
 * asked again.
 * @throws what `scheduleCall` throws
 */
export async function scheduleQuery<T>(client: Client, id: string, fn: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await scheduleCall(client, id, fn, QUERY_DEADLINE_MS);
    } catch (error) {
      if (attempt === QUERY_ATTEMPTS || grpcCode((error as Error).cause) !== GRPC.DEADLINE_EXCEEDED) throw error;
    }
  }
}

/** The server's words are about the schedule that was sent, in which no credential is. */
function reasonOf(error: unknown): string {
  const { details } = error as { details?: unknown };
  return typeof details === 'string' && details !== '' ? details.slice(0, REASON_MAX) : 'it is not valid';
}

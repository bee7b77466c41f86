import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { API_TEMPORAL_UNAVAILABLE, RUN_UNKNOWN } from '../errors.js';

/** Bound of every call to Temporal, in milliseconds. */
export const TEMPORAL_DEADLINE_MS = 5_000;

/** gRPC status codes, by what they mean here. */
export const GRPC = { INVALID_ARGUMENT: 3, DEADLINE_EXCEEDED: 4, NOT_FOUND: 5, FAILED_PRECONDITION: 9 } as const;

const UNAVAILABLE_REASONS: Readonly<Record<number, string>> = {
  1: 'the call was cancelled',
  4: 'no answer within the deadline',
  7: 'it refuses our credentials',
  8: 'it is at its limits',
  14: 'no connection',
  16: 'it refuses our credentials',
};

/**
 * Calls Temporal with a deadline.
 * @throws CodedError RUN_UNKNOWN, API_TEMPORAL_UNAVAILABLE; errors of other kinds as they are
 */
export async function temporalCall<T>(client: Client, fn: () => Promise<T>, deadlineMs = TEMPORAL_DEADLINE_MS): Promise<T> {
  try {
    return await client.connection.withDeadline(Date.now() + deadlineMs, fn);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw RUN_UNKNOWN({}, { cause: error });
    const code = grpcCode(error);
    if (code === GRPC.NOT_FOUND) throw RUN_UNKNOWN({}, { cause: error });
    const reason = code === undefined ? undefined : UNAVAILABLE_REASONS[code];
    if (reason !== undefined) throw API_TEMPORAL_UNAVAILABLE({ reason }, { cause: error });
    throw error;
  }
}

/** gRPC status code of an error or of what caused it. */
export function grpcCode(error: unknown): number | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (isGrpcServiceError(current)) return current.code;
  }
  return undefined;
}

import type { CallOptions } from '@tributary/clients';
import { isCodedError } from '@tributary/common';
import { API_STATE_UNAVAILABLE } from './errors.js';

/** Bound of every call to the state store, in milliseconds. */
const STATE_DEADLINE_MS = 5_000;

const NOT_THERE = /^(SIDECAR|STATE_STORE)_/;

/**
 * Calls the state store with a deadline.
 * @throws CodedError API_STATE_UNAVAILABLE; errors about the value or its version as they are
 */
export async function stateCall<T>(call: (options: CallOptions) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(STATE_DEADLINE_MS);
  try {
    return await call({ signal });
  } catch (error) {
    if (signal.aborted) throw API_STATE_UNAVAILABLE({ reason: `no answer within ${STATE_DEADLINE_MS} ms` }, { cause: error });
    if (isCodedError(error) && NOT_THERE.test(error.code)) throw API_STATE_UNAVAILABLE({ reason: error.code }, { cause: error });
    throw error;
  }
}

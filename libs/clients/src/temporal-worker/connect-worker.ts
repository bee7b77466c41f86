import { NativeConnection } from '@temporalio/worker';
import { connectionOptions } from '../temporal/connection-options.js';
import { diagnose } from '../temporal/diagnose.js';
import type { ConnectOptions, TemporalSettings } from '../temporal/index.js';

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Connects for a worker.
 * @throws CodedError TEMPORAL_UNREACHABLE, TEMPORAL_TLS_FAILED, TEMPORAL_CREDENTIALS_REJECTED
 */
export async function connectWorker(
  settings: TemporalSettings,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: ConnectOptions = {},
): Promise<NativeConnection> {
  const attempt = NativeConnection.connect(connectionOptions(settings));
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([attempt, limit]);
  } catch (error) {
    // The attempt itself cannot be aborted: should it still succeed, nobody would own it.
    attempt.then((late) => late.close(), () => undefined);
    throw await diagnose(settings, error);
  } finally {
    clearTimeout(timer);
  }
}

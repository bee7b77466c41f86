import { setTimeout as sleep } from 'node:timers/promises';
import type { Secret } from '@tributary/common';
import type { CallOptions } from '../ports.js';
import { SIDECAR_NOT_READY } from './errors.js';

const POLL_MS = 100;
const ATTEMPT_MS = 2_000;

/**
 * Waits until `/v1.0/healthz/outbound` of the sidecar says that its components are up. Not `/healthz`: that one waits for
 * the application, which waits here.
 * @throws CodedError SIDECAR_NOT_READY after `timeoutMs`; the signal's reason when aborted
 */
export async function waitForSidecar(
  httpUrl: string,
  timeoutMs: number,
  { signal, apiToken }: CallOptions & { readonly apiToken?: Secret } = {},
): Promise<void> {
  const url = `${httpUrl}/v1.0/healthz/outbound`;
  const until = performance.now() + timeoutMs;
  for (;;) {
    const left = until - performance.now();
    const reason = await probe(url, Math.max(1, Math.ceil(Math.min(ATTEMPT_MS, left))), signal, apiToken);
    signal?.throwIfAborted();
    if (reason === undefined) return;
    if (performance.now() + POLL_MS >= until) throw SIDECAR_NOT_READY({ address: httpUrl, timeoutMs, reason });
    await sleep(POLL_MS, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  }
}

/** Why the sidecar is not ready, or undefined when it is. */
async function probe(url: string, timeoutMs: number, signal?: AbortSignal, apiToken?: Secret): Promise<string | undefined> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: apiToken ? { 'dapr-api-token': apiToken.reveal() } : {},
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answers with status ${response.status}`;
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    return limit.aborted ? `no answer within ${timeoutMs} ms` : (cause?.code ?? (error as Error).message);
  }
}

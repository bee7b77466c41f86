import { TEMPORAL_CREDENTIALS_REJECTED, TEMPORAL_TLS_FAILED, TEMPORAL_UNREACHABLE } from './errors.js';
import { probeServer } from './probe-server.js';
import type { TemporalSettings } from './temporal-settings.js';

/**
 * Why a connection failed. The SDK says little more than "deadline exceeded", so this looks for itself: at the answer,
 * then at the TCP connection, then at TLS.
 */
export async function diagnose(settings: TemporalSettings, error: unknown): Promise<Error> {
  const { address, namespace } = settings;
  const cause = { cause: error };
  const text = textOf(error);
  if (isRefusal(error, text)) return TEMPORAL_CREDENTIALS_REJECTED({ address, namespace }, cause);
  const finding = await probeServer(settings);
  if (finding?.kind === 'tls') return TEMPORAL_TLS_FAILED({ address, reason: finding.reason, advice: finding.advice }, cause);
  return TEMPORAL_UNREACHABLE({ address, reason: finding?.reason ?? `it takes connections but does not answer (${text})` }, cause);
}

function isRefusal(error: unknown, text: string): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return cause?.code === 16 || cause?.code === 7 || /valid authentication credentials|does not have permission/i.test(text);
}

function textOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { details?: string } };
  return (cause?.details ?? message ?? 'unknown error').replace(/\s+/g, ' ').slice(0, 300);
}

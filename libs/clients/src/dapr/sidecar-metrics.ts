import { isCodedError } from '@tributary/common';
import { metrics } from '../telemetry/metrics.js';

const calls = metrics.histogram({
  name: 'sidecar_call_duration_seconds',
  help: 'Time of calls to the Dapr sidecar by operation and outcome: ok, error, unreachable, deadline, token or aborted.',
  labels: ['operation', 'outcome'],
  buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30],
});

/** How a call of the sidecar ended: `error` is an answer that says no. */
export type SidecarOutcome = 'ok' | 'error' | 'unreachable' | 'deadline' | 'token' | 'aborted';

const OUTCOMES: Readonly<Record<string, SidecarOutcome>> = {
  SIDECAR_UNREACHABLE: 'unreachable',
  SIDECAR_DEADLINE_EXCEEDED: 'deadline',
  SIDECAR_TOKEN_REJECTED: 'token',
};

/** Records one call; `name` says in words what it does, and there are few of them: `reading a secret`. */
export function recordSidecarCall(name: string, startedAt: number, outcome: SidecarOutcome): void {
  calls.observe({ operation: name.replaceAll(' ', '_'), outcome }, (performance.now() - startedAt) / 1_000);
}

export function sidecarOutcomeOf(error: unknown): SidecarOutcome {
  return (isCodedError(error) ? OUTCOMES[error.code] : undefined) ?? 'error';
}

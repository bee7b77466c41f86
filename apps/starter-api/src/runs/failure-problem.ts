import {
  ApplicationFailure,
  CancelledFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { toProblemDetails, type CodedError } from '@tributary/common';
import { RUN_FAILED, RUN_TERMINATED, RUN_TIMED_OUT } from '../errors.js';
import type { Problem } from '../problems/problem-schema.js';

/** Problem details of what ended a run: the coded error in its chain of causes, or what Temporal says of it. */
export function failureProblem(failure: unknown): Problem {
  const told = toProblemDetails(failure);
  return told.code === 'UNEXPECTED_ERROR' ? toProblemDetails(uncoded(failure)) : told;
}

/** Of an error without a code only its type is told: its text was not written for a client. */
function uncoded(failure: unknown): CodedError {
  let type = 'unknown';
  for (let current = failure, depth = 0; current instanceof Error && depth < 10; current = current.cause, depth++) {
    if (current instanceof TimeoutFailure) return RUN_TIMED_OUT({ timeout: current.timeoutType });
    if (current instanceof TerminatedFailure) return RUN_TERMINATED();
    if (current instanceof ApplicationFailure) type = nameOnly(current.type) ?? type;
    if (current instanceof CancelledFailure) type = 'cancelled';
  }
  return RUN_FAILED({ type });
}

/** What failures of the chain carry: their details, and the parameters of coded ones. */
export function failureDetails(failure: unknown): unknown[] {
  const details: unknown[] = [];
  for (let current = failure, depth = 0; current instanceof Error && depth < 10; current = current.cause, depth++) {
    if (current instanceof ApplicationFailure) details.push(...(current.details ?? []));
  }
  const parameters = details.flatMap((detail) => Object.values((detail as { parameters?: object } | null)?.parameters ?? {}) as unknown[]);
  return [...details, ...parameters];
}

function nameOnly(type: string | null | undefined): string | undefined {
  return type != null && /^[A-Za-z][A-Za-z0-9_.]{0,79}$/.test(type) ? type : undefined;
}

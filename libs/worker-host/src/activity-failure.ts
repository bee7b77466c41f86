import { CompleteAsyncError } from '@temporalio/activity';
import { CancelledFailure, TemporalFailure } from '@temporalio/common';
import { UNEXPECTED_ERROR, isCodedError, type SecretScrubber } from '@tributary/common';
import { toApplicationFailure } from './application-failure.js';
import { WORKER_SHUTTING_DOWN } from './errors.js';
import { scrubError } from './scrub-error.js';

/** What is known of the activity that an error comes from. */
export interface ActivityScope {
  readonly activityType: string;
  /** Aborts when the activity is cancelled or its worker shuts down. */
  readonly cancellationSignal: AbortSignal;
}

/**
 * The failure that an activity reports to Temporal for whatever was thrown in it, without secrets. Temporal's own
 * failures stay what they are. An abort that follows from the activity's cancellation is that cancellation; when it
 * is the worker that shuts down, the activity fails retryably instead, so that another worker takes it over at once.
 */
export function toActivityFailure(error: unknown, scope: ActivityScope, scrubber: SecretScrubber): unknown {
  if (error instanceof CompleteAsyncError) return error;
  const cancelled = cancellationBehind(error, scope.cancellationSignal);
  if (cancelled?.message === 'WORKER_SHUTDOWN') return toApplicationFailure(WORKER_SHUTTING_DOWN({ activity: scope.activityType }));
  if (cancelled) return cancelled;
  if (error instanceof TemporalFailure) return scrubError(error, scrubber);
  const known = isCodedError(error) ? error : UNEXPECTED_ERROR({ message: describe(error) }, { cause: error });
  return scrubError(toApplicationFailure(known, copyOf(known.cause)), scrubber);
}

function cancellationBehind(error: unknown, signal: AbortSignal): CancelledFailure | undefined {
  const reason: unknown = signal.reason;
  if (!signal.aborted || !(reason instanceof CancelledFailure)) return undefined;
  // A fatal error says something of the input that stays true after the cancellation.
  if (isCodedError(error) && error.recovery === 'fatal') return undefined;
  for (let current = error, depth = 0; isObject(current) && depth < 10; current = current.cause, depth++) {
    if (current instanceof CancelledFailure || current.name === 'AbortError') return reason;
  }
  return undefined;
}

/** Aborts come as DOMException, which is not an Error everywhere. */
function isObject(value: unknown): value is { readonly name?: unknown; readonly cause?: unknown } {
  return typeof value === 'object' && value !== null;
}

/** Causes become plain errors: what drivers attach to theirs, as statements and values, has no place in a history. */
function copyOf(cause: unknown, depth = 0): Error | undefined {
  if (!(cause instanceof Error) || depth >= 5) return undefined;
  const inner = copyOf(cause.cause, depth + 1);
  if (isCodedError(cause)) return toApplicationFailure(cause, inner);
  const copy = new Error(cause.message, inner ? { cause: inner } : undefined);
  copy.name = cause.name;
  if (cause.stack !== undefined) copy.stack = cause.stack;
  return copy;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `a thrown ${typeof error}: ${String(error)}`;
}

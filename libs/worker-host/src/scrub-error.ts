import type { SecretScrubber } from '@tributary/common';

const DEEPEST = 5;

/** Takes secrets out of an error's message, stack and details, and out of those of its causes; changes it in place. */
export function scrubError<E extends Error>(error: E, scrubber: SecretScrubber, depth = 0): E {
  const own = error as Error & { details?: unknown };
  own.message = scrubber.scrub(own.message);
  if (own.stack !== undefined) own.stack = scrubber.scrub(own.stack);
  if (own.details !== undefined && own.details !== null) own.details = scrubValue(own.details, scrubber);
  if (own.cause !== undefined) own.cause = depth < DEEPEST ? scrubbedCause(own.cause, scrubber, depth + 1) : undefined;
  return error;
}

function scrubbedCause(cause: unknown, scrubber: SecretScrubber, depth: number): unknown {
  return cause instanceof Error ? scrubError(cause, scrubber, depth) : scrubValue(cause, scrubber);
}

function scrubValue(value: unknown, scrubber: SecretScrubber): unknown {
  if (typeof value === 'string') return scrubber.scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, scrubber));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scrubValue(item, scrubber)]));
}

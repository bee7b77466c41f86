import { isCodedError } from '../coded-error.js';

/** An error as it is logged. Other properties are left out: drivers put statements and their values there. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly recovery?: string;
  readonly fix?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
  readonly errors?: readonly LoggedError[];
}

const DEEPEST = 5;

/** What is logged of an error, of its causes and of the errors it gathers. */
export function serializeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const code: unknown = (error as { code?: unknown }).code;
  const gathered: unknown = (error as { errors?: unknown }).errors;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(isCodedError(error) ? { recovery: error.recovery, fix: error.fix } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: serializeError(error.cause, depth + 1) }),
    ...(Array.isArray(gathered) && depth < DEEPEST
      ? { errors: gathered.slice(0, DEEPEST).map((one) => serializeError(one, depth + 1)) }
      : {}),
  };
}

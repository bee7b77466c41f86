import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/log-levels.js';
import { SecretScrubber } from '../secret-scrubber.js';
import { currentLogContext } from './context.js';
import { redactLine } from './redact-line.js';
import { serializeError } from './serialize-error.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** Name of the app, in every line. */
  readonly name: string;
  /** @default 'info' */
  readonly level?: LogLevel;
  /** Knows the secrets that no line may hold. The one that secrets are registered with on resolving them. */
  readonly scrubber?: SecretScrubber;
  /** Where lines go. @default standard output */
  readonly destination?: DestinationStream;
}

/**
 * A logger that writes one JSON object per line. Secrets are taken out at the sink, so that no way of logging gets
 * round it. Within `withLogContext` each line carries workflow id, run id, activity, attempt and trace id.
 */
export function createLogger({ name, level = 'info', scrubber = new SecretScrubber(), destination }: LoggerOptions): Logger {
  // Synchronous: what was logged is out even when the process dies next.
  const sink = destination ?? pino.destination({ fd: 1, sync: true });
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError, error: serializeError, cause: serializeError },
      mixin: (_line, _level, child) => contextFor(child),
    },
    { write: (line: string) => sink.write(redactLine(line, scrubber)) },
  );
}

/** The context without what a child logger says itself: a line must not have one key twice. */
function contextFor(child: Logger): Record<string, unknown> {
  const context = Object.entries(currentLogContext());
  if (context.length === 0) return {};
  const bindings = child.bindings();
  return Object.fromEntries(context.filter(([key]) => !(key in bindings)));
}

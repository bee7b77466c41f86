import type { LogLevel, LogMetadata, Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from '@tributary/common/logging';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Lets what the SDK, its core and workflows log go out as our own lines, under the names that ours use. */
export function temporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const { error, workflowRunId, trace_id: traceId, span_id: spanId, taskToken: _, ...rest } = meta;
    const line = {
      ...rest,
      ...(workflowRunId === undefined ? {} : { runId: workflowRunId as unknown }),
      ...(traceId === undefined ? {} : { traceId: traceId as unknown, spanId: spanId as unknown }),
      ...(error === undefined ? {} : { err: error as unknown }),
    };
    logger[levels[level]](line, message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line says that is logged on behalf of an activity. */
export interface LogContext {
  readonly workflowId?: string;
  readonly workflowType?: string;
  readonly runId?: string;
  readonly activityType?: string;
  readonly activityId?: string;
  readonly attempt?: number;
  readonly traceId?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `fn`; every logger of the process adds `context` to what is logged within, also after awaits. */
export function withLogContext<T>(context: LogContext, fn: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, fn);
}

/** The context that the caller runs in. */
export function currentLogContext(): LogContext {
  return storage.getStore() ?? {};
}

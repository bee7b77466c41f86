export { currentLogContext, withLogContext } from './context.js';
export type { LogContext } from './context.js';
export { createLogger } from './logger.js';
export type { Logger, LoggerOptions } from './logger.js';
export { serializeError } from './serialize-error.js';
export type { LoggedError } from './serialize-error.js';

export { CONFIG_INVALID } from './errors.js';
export {
  apiVariables,
  daprVariables,
  encryptionVariables,
  loggingVariables,
  objectStoreVariables,
  oidcVariables,
  telemetryVariables,
  temporalVariables,
  workerHostVariables,
} from './groups.js';
export { boolean, enumOf, integer, path, secret, secretRef, string, url } from './kinds.js';
export { loadConfig } from './load.js';
export type { Environment } from './load.js';
export { logLevels } from './log-levels.js';
export type { LogLevel } from './log-levels.js';
export { defineConfig } from './schema.js';
export type { Config, ConfigSchema, Variables } from './schema.js';
export { shutdownBudget } from './shutdown-budget.js';
export type { Variable } from './variable.js';

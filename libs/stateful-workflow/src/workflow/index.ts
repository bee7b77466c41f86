export { workflowOf } from './workflow-of.js';
export type { AnyDefinition, EntityWorkflowFunction, ShellOptions } from './workflow-of.js';
export type { ActivityTimes } from './activity-options.js';
export { QUERIES, SEARCH_ATTRIBUTES, SIGNALS, UPDATES, UPGRADE_SIGNAL } from './contract.js';
export type { CredentialInput, EntityStart, HandStart } from './contract.js';
export { STATEFUL_CARRY_TOO_LARGE, STATEFUL_CONTINUED, STATEFUL_NAME_RESERVED, STATEFUL_START_INVALID, STATEFUL_STARTING } from './errors.js';

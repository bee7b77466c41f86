export { startPostgres } from './postgres.js';
export type { PostgresOptions, PostgresServer } from './postgres.js';
export { startTemporal } from './temporal.js';
export type { TemporalOptions, TemporalServer } from './temporal.js';
export { startDaprd } from './daprd.js';
export type { DaprSidecar, DaprdOptions } from './daprd.js';
export { freePorts, isPortFree } from './ports.js';
export type { StoppableServer } from './stoppable.js';

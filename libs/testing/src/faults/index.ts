export { startTcpProxy } from './tcp-proxy.js';
export type { TcpProxy } from './tcp-proxy.js';
export { openSmallDisk } from './small-disk.js';
export type { SmallDisk } from './small-disk.js';
export { startRestartablePostgres } from './restartable-postgres.js';
export type { RestartablePostgres } from './restartable-postgres.js';
export { freezeProcess } from './frozen-process.js';

export { ManagedProcess, describeExit } from './managed-process.js';
export type { ProcessExit, ProcessOptions } from './managed-process.js';
export { runEnvironment } from './run-environment.js';
export { logTail } from './log-tail.js';
export { forget, forgetFolder, watch, watchFolder } from './watchdog.js';
export { identify, isRunning } from './identity.js';
export type { ProcessIdentity } from './identity.js';
export { lockFile, tryLock } from './file-lock.js';
export type { FileLock } from './file-lock.js';

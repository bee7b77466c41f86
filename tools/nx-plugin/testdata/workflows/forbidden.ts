export { readNow } from './lib/reads-files.js';
export { logNow } from './lib/logs.js';

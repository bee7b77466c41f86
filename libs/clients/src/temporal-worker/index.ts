export { connectWorker } from './connect-worker.js';

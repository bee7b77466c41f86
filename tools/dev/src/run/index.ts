export { ApiClient } from './api-client.js';
export type { ApiRun } from './api-client.js';
export { ProgressView } from './progress-view.js';
export { summaryLines } from './summary.js';

export { ApiClient } from './api-client.js';
export type { ApiArtifacts, ApiRun } from './api-client.js';
export { flowSummaryLines } from './flow-summary.js';
export { FlowView } from './flow-view.js';
export { healthOf, treeLines } from './hierarchy-view.js';
export type { TreeState } from './hierarchy-view.js';
export { ProgressView } from './progress-view.js';
export { summaryLines } from './summary.js';
export { TemporalCommand } from './temporal-command.js';

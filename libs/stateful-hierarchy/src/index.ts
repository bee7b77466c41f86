export { datasetWorkflow, HEALTH_CHANGED, repositoryWorkflow } from './definitions/dataset.js';
export { DEFAULT_LIMITS, HEALTHS } from './definitions/health.js';
export type { Health, Limits } from './definitions/health.js';
export { hierarchy } from './definitions/model.js';
export { organizationWorkflow } from './definitions/organization.js';
export { launchpadSourceWorkflow, sourceWorkflow } from './definitions/source.js';
export { HIERARCHY_SOURCE_KNOWN, HIERARCHY_SOURCE_UNKNOWN, HIERARCHY_THRESHOLDS_INVALID } from './errors.js';
export { HEALTH_EVENT_TYPE, HIERARCHY_QUEUE, HIERARCHY_TOPIC } from './names.js';

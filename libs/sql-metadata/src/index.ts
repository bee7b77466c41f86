export { createSqlMetadataActivities } from './activities/index.js';
export type { SqlMetadataDependencies } from './dependencies.js';

export { createHierarchyActivities } from './create-activities.js';
export type { HierarchyActivityOptions } from './create-activities.js';

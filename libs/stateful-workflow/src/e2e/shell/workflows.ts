import { workflowOf } from '../../workflow/index.js';
import { datasetWorkflow, organizationWorkflow, sourceWorkflow, teamWorkflow, watcherWorkflow } from './estate.js';

const OPTIONS = { historyBudget: 300, checkChildrenMs: 2000, activities: { loadDatasets: { attempts: 2, heartbeatMs: 10_000 }, loadDetail: { heartbeatMs: 10_000 } } };

export const Organization = workflowOf(organizationWorkflow, OPTIONS);
export const Source = workflowOf(sourceWorkflow, OPTIONS);
export const Dataset = workflowOf(datasetWorkflow, OPTIONS);
export const Team = workflowOf(teamWorkflow, OPTIONS);
export const Watcher = workflowOf(watcherWorkflow, OPTIONS);

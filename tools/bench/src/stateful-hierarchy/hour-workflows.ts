import { datasetWorkflow, organizationWorkflow, sourceWorkflow } from '@tributary/stateful-hierarchy';
import { workflowOf } from '@tributary/stateful-workflow/workflow';

// The time-skipping server never suggests a new run, so each goes on in a new one after so many events.
const options = { historyBudget: 200 };

export const OrganizationWorkflow = workflowOf(organizationWorkflow, options);
export const SourceWorkflow = workflowOf(sourceWorkflow, options);
export const DatasetWorkflow = workflowOf(datasetWorkflow, options);

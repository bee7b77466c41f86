import { workflowOf } from '@tributary/stateful-workflow/workflow';
import { datasetWorkflow, repositoryWorkflow } from '../definitions/dataset.js';
import { organizationWorkflow } from '../definitions/organization.js';
import { launchpadSourceWorkflow, sourceWorkflow } from '../definitions/source.js';

export const OrganizationWorkflow = workflowOf(organizationWorkflow);
export const SourceWorkflow = workflowOf(sourceWorkflow);
export const LaunchpadSourceWorkflow = workflowOf(launchpadSourceWorkflow);
export const DatasetWorkflow = workflowOf(datasetWorkflow);
export const RepositoryWorkflow = workflowOf(repositoryWorkflow);

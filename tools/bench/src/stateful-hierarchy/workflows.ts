import { workflowOf } from '@tributary/stateful-workflow/workflow';
import { groupWorkflow, loadingGroupWorkflow, loadingMemberWorkflow, memberWorkflow } from './world.js';

export { BareGroup, BareMember } from './bare-workflows.js';
export const GroupWorkflow = workflowOf(groupWorkflow);
export const MemberWorkflow = workflowOf(memberWorkflow);
export const LoadingGroupWorkflow = workflowOf(loadingGroupWorkflow);
export const LoadingMemberWorkflow = workflowOf(loadingMemberWorkflow);

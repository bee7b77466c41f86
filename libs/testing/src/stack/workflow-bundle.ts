import { resolve } from 'node:path';
import { buildWorkflowBundle as build, type WorkflowBundle } from '@tributary/nx-plugin/bundle';

/** The bundle of the workflows that the module at `workflowsPath` exports, made and checked as a deployed one is. */
export function buildWorkflowBundle(workflowsPath: string): Promise<WorkflowBundle> {
  return build({ workflowsPath, workspaceRoot: resolve(__dirname, '../../../..') });
}

import { resolve } from 'node:path';
import { buildWorkflowBundle, INTERCEPTOR_MODULES } from '@tributary/nx-plugin/bundle';

/** The bundle of a module's workflows, as the worker's is made. */
export async function hierarchyBundle(workflowsPath: string): Promise<string> {
  const { code } = await buildWorkflowBundle({
    workflowsPath,
    workspaceRoot: resolve(__dirname, '../../../..'),
    interceptorModules: INTERCEPTOR_MODULES,
    budgetBytes: 3_000_000,
  });
  return code;
}

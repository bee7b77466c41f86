import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildWorkflowBundle, DEFAULT_BUDGET_BYTES, type WorkflowBundle } from './build-workflow-bundle.js';

/**
 * Bundles the workflows of the app in `appRoot` (relative to `workspaceRoot`), whose `src/workflows.ts` exports them,
 * within the budget of its package.json: `nx.metadata.workflowBundle.budgetBytes`.
 */
export async function bundleApp(workspaceRoot: string, appRoot: string): Promise<WorkflowBundle> {
  const folder = join(workspaceRoot, appRoot);
  return buildWorkflowBundle({
    workflowsPath: join(folder, 'src', 'workflows.ts'),
    workspaceRoot,
    budgetBytes: await budgetOf(folder),
  });
}

async function budgetOf(folder: string): Promise<number> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    nx?: { metadata?: { workflowBundle?: { budgetBytes?: number } } };
  };
  return manifest.nx?.metadata?.workflowBundle?.budgetBytes ?? DEFAULT_BUDGET_BYTES;
}

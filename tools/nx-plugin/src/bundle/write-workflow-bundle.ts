import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowBundle } from './build-workflow-bundle.js';

/** Writes `workflow-bundle.js` and `workflow-bundle.json` into `folder`, each atomically, so no worker reads half a file. */
export async function writeWorkflowBundle(bundle: WorkflowBundle, folder: string): Promise<{ codePath: string; infoPath: string }> {
  await mkdir(folder, { recursive: true });
  const codePath = await replaceFile(join(folder, 'workflow-bundle.js'), bundle.code);
  const infoPath = await replaceFile(join(folder, 'workflow-bundle.json'), `${JSON.stringify(bundle.info, null, 2)}\n`);
  return { codePath, infoPath };
}

async function replaceFile(path: string, content: string): Promise<string> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
  return path;
}

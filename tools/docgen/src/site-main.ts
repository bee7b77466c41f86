// Makes the documentation site of this project: `npx nx build docs`.
import { join } from 'node:path';
import { version } from '@tributary/common';
import { workspacePages } from './site/workspace-pages.js';
import { renderSite, writeSite } from './site/write-site.js';
import { workspaceRoot } from './workspace.js';

async function main(): Promise<void> {
  const folder = join(workspaceRoot, 'docs', 'dist', 'site');
  const files = await renderSite({ name: 'Tributary', version, root: workspaceRoot, pages: workspacePages() });
  writeSite(files, folder);
  console.log(`Wrote ${files.size} files to ${folder}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

// Makes the documentation site of this project: `npx nx build docs`.
import { join } from 'node:path';
import { version } from '@tributary/common';
import { generatedPages } from './site/generated-pages.js';
import { workspacePages } from './site/workspace-pages.js';
import type { SourcePage } from './site/source-page.js';
import { renderSite, writeSite } from './site/write-site.js';
import { workspaceRoot } from './workspace.js';

/** Headings of the navigation, in order. */
const NAVIGATION = ['Start', 'Concepts', 'Guides', 'Reference', 'HTTP API', 'Decisions', 'Benchmarks'];

async function main(): Promise<void> {
  const folder = join(workspaceRoot, 'docs', 'dist', 'site');
  const files = await renderSite({ name: 'Tributary', version, root: workspaceRoot, pages: await projectPages() });
  writeSite(files, folder);
  console.log(`Wrote ${files.size} files to ${folder}`);
}

/** Committed pages and generated ones; a generated page takes the place of a committed one, which it begins with. */
async function projectPages(): Promise<SourcePage[]> {
  const generated = await generatedPages();
  const taken = new Set(generated.map(({ source }) => source));
  const pages = [...workspacePages().filter(({ source }) => !taken.has(source)), ...generated];
  return NAVIGATION.flatMap((section) => pages.filter((page) => page.section === section));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

// Writes the generated pages: `npx nx run docgen:generate`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPages } from './pages.js';
import { workspaceRoot } from './workspace.js';

async function main(): Promise<void> {
  for (const [path, text] of Object.entries(await renderPages())) {
    writeFileSync(join(workspaceRoot, path), text);
    console.log(`Wrote ${path}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

// Makes the documentation site of a worker of one's own: `npx nx run docgen:site -- --project <folder> --out <folder>`.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectPages } from './site/project-pages.js';
import { renderSite, writeSite } from './site/write-site.js';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { project: { type: 'string' }, out: { type: 'string' } } });
  if (values.project === undefined || values.out === undefined) {
    throw new Error('Usage: npx nx run docgen:site -- --project <folder of the worker> --out <folder for the site>');
  }
  const [project, out] = [resolve(values.project), resolve(values.out)];
  if (project === out || project.startsWith(`${out}/`)) throw new Error(`${out} would be emptied, and the project is in it. Give another folder with --out.`);
  const { name, version, pages } = await projectPages(project);
  const files = await renderSite({ name, version, root: project, pages });
  writeSite(files, out);
  console.log(`Wrote ${files.size} files to ${out}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

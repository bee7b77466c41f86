import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { configurationsOf, renderConfigurationPage } from '../configuration-page.js';
import { errorsOf, renderErrorsPage } from '../errors-page.js';
import { httpApiPages } from '../http-api/http-api-pages.js';
import type { OpenApiDocument } from '../http-api/openapi.js';
import { renderWorkflowTypesPage, workflowTypesOf } from '../workflow-types-page.js';
import type { LoadedModule } from '../workspace.js';
import type { SourcePage } from './source-page.js';

/** A worker of one's own, as its folder shows it. */
export interface ProjectSite {
  readonly name: string;
  readonly version: string;
  readonly pages: readonly SourcePage[];
}

/**
 * The pages of a worker of one's own: its README, its folder `docs`, and what its sources say. Errors are those that
 * modules named `errors` define, the configuration is the `configSchema` of modules named `config`, the workflow types
 * are the `workflowTypes` of modules named `contracts`; `openapi.json` gives the pages of an HTTP API.
 * @param folder absolute path of the project
 * @throws Error when there is nothing to make a page of
 */
export async function projectPages(folder: string): Promise<ProjectSite> {
  const { name = basename(folder), version = '' } = readManifest(folder);
  const short = name.replace(/^@[^/]+\//, '');
  const pages = [...writtenPages(folder), ...(await codePages(folder, short)), ...apiPages(folder)];
  if (pages.length === 0) throw new Error(`${folder} has no README.md, no docs/*.md, and no errors, config or contracts below src.`);
  return { name: short, version, pages: pages.some(({ output }) => output === 'index.html') ? pages : [startPage(short, pages), ...pages] };
}

function readManifest(folder: string): { readonly name?: string; readonly version?: string } {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }) : {};
}

function writtenPages(folder: string): SourcePage[] {
  const sources = [...find(folder, 'README.md'), ...find(folder, 'docs/**/*.md')];
  return sources.map((source) => {
    const path = source.replace(/^docs\//, '');
    const index = posix.basename(path) === 'README.md' && source !== 'docs/README.md';
    const output = index ? posix.join(posix.dirname(path), 'index.html') : path.replace(/\.md$/, '.html');
    return { source, output, markdown: readFileSync(join(folder, source), 'utf8'), section: source === 'README.md' ? 'Start' : 'Guides' };
  });
}

async function codePages(folder: string, name: string): Promise<SourcePage[]> {
  const errors = errorsOf(await loadAll(folder, 'errors', name));
  const configurations = configurationsOf(
    (await loadAll(folder, 'config', name)).filter(({ exports }) => 'configSchema' in exports),
    () => JSON.stringify(readManifest(folder)),
  );
  const types = workflowTypesOf(await loadAll(folder, 'contracts', name));
  const page = (path: string, markdown: string): SourcePage => ({ source: `docs/${path}.md`, output: `${path}.html`, markdown, section: 'Reference' });
  return [
    ...([...errors.values()].some((defined) => defined.length > 0) ? [page('errors', renderErrorsPage(errors))] : []),
    ...(configurations.length > 0 ? [page('configuration', renderConfigurationPage(configurations))] : []),
    ...(types.length > 0 ? [page('workflow-types', renderWorkflowTypesPage(types))] : []),
  ];
}

function apiPages(folder: string): SourcePage[] {
  const file = join(folder, 'openapi.json');
  return existsSync(file) ? httpApiPages(JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument, { folder: 'docs' }) : [];
}

/** Loads the modules of a name, as if they lay in a workspace of which the project is a part. */
async function loadAll(folder: string, module: string, name: string): Promise<LoadedModule[]> {
  const paths = find(folder, `src/**/${module}.{ts,js,cjs,mjs}`);
  return Promise.all(
    paths.map(async (path) => ({ path: `apps/${name}/${path}`, exports: (await import(join(folder, path))) as Record<string, unknown> })),
  );
}

function find(folder: string, pattern: string): string[] {
  const ignored = /(^|[/\\])(node_modules|dist|testdata)([/\\]|$)/;
  return globSync(pattern, { cwd: folder, exclude: (path) => ignored.test(path) }).map((path) => path.replaceAll('\\', '/')).sort();
}

function startPage(name: string, pages: readonly SourcePage[]): SourcePage {
  const links = pages.map(({ source, markdown }) => `- [${/^# (.*)$/m.exec(markdown)?.[1] ?? source}](${source})`);
  return { source: 'index.md', output: 'index.html', markdown: `# ${name}\n\n${links.join('\n')}\n`, section: 'Start' };
}

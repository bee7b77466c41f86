import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractSnippets, type Snippet } from './extract-snippets.js';

/** Root of the workspace. */
export const WORKSPACE = join(__dirname, '..', '..');

/** Pages whose every block is tested, in the order in which somebody reads them. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('docs/guides/*.md', { cwd: WORKSPACE }).map((path) => path.replaceAll('\\', '/')).sort(),
];

/** All blocks of all pages. */
export function allSnippets(): Snippet[] {
  return PAGES.flatMap((page) => extractSnippets(page, readFileSync(join(WORKSPACE, page), 'utf8')));
}

import { posix } from 'node:path';
import { findSources, readSource } from '../workspace.js';
import type { SourcePage } from './source-page.js';

/** Pages of the navigation that stand in a given order; others come after them, by their names. */
const SECTIONS: readonly (readonly [section: string, pattern: string, order: readonly string[]])[] = [
  ['Start', '{README,CONTRIBUTING,STYLE,CHANGELOG}.md', ['README.md']],
  ['Concepts', 'docs/{architecture,where-things-live}.md', []],
  ['Guides', 'docs/guides/*.md', []],
  ['Runbooks', 'docs/runbooks/*.md', []],
  ['Reference', 'docs/*.md', []],
  ['Decisions', 'docs/adr/*.md', ['docs/adr/README.md']],
  ['Benchmarks', 'tools/bench/results/*.md', []],
];

const LABELS: Readonly<Record<string, string>> = {
  'README.md': 'Tributary',
  'docs/adr/README.md': 'All decisions',
  'docs/guides/launchpad.md': 'Launchpad',
};

/** The committed Markdown pages of this project. */
export function workspacePages(): SourcePage[] {
  const taken = new Set<string>();
  return SECTIONS.flatMap(([section, pattern, order]) => {
    const rank = (source: string): number => (order.includes(source) ? order.indexOf(source) : order.length);
    const sources = findSources(pattern).filter((source) => !taken.has(source)).sort((a, b) => rank(a) - rank(b));
    return sources.map((source) => {
      taken.add(source);
      const label = LABELS[source];
      return { source, output: outputOf(source), markdown: readSource(source), section, ...(label !== undefined && { label }) };
    });
  });
}

function outputOf(source: string): string {
  const path = source.replace(/^docs\//, '').replace(/^tools\/bench\/results\//, 'benchmarks/');
  const folder = posix.dirname(path);
  const name = posix.basename(path, '.md');
  return posix.join(folder, name === 'README' ? 'index.html' : `${name.toLowerCase()}.html`);
}

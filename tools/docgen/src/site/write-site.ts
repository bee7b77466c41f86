import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { assets } from './assets.js';
import { LinkResolver } from './link-resolver.js';
import { renderDocument } from './page-template.js';
import { renderPage } from './render-markdown.js';
import { searchScript } from './search-index.js';
import type { RenderedPage, SourcePage } from './source-page.js';

export interface SiteOptions {
  readonly name: string;
  readonly version: string;
  /** Folder that the sources of the pages are relative to. */
  readonly root: string;
  readonly pages: readonly SourcePage[];
}

/** Files of a site by their path. @throws Error that lists all broken links */
export async function renderSite({ name, version, root, pages }: SiteOptions): Promise<Map<string, string>> {
  const links = new LinkResolver(root, pages);
  const rendered: RenderedPage[] = [];
  // Files that are linked to may link to others, once: what is shown of a folder leads to its files.
  for (let next: readonly SourcePage[] = pages; next.length > 0; next = links.takeShown()) {
    for (const page of next) rendered.push(renderPage(page, links.of(page)));
  }
  const faults = links.faults(rendered);
  if (faults.length > 0) throw new Error(`${faults.length} links lead nowhere:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  const frame = { name, version, pages: rendered };
  return new Map([
    ...rendered.map((page) => [page.output, renderDocument(page, frame)] as const),
    ['assets/search.js', searchScript(rendered)] as const,
    ...(await assets()),
  ]);
}

/** What is shorter fits into a packet as it is. */
const COMPRESSED_FROM = 1_000;

/** Writes a site, each file of some length also compressed for servers that send such, in place of what was in the folder. */
export function writeSite(files: ReadonlyMap<string, string>, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (text.length > COMPRESSED_FROM) writeFileSync(join(folder, `${path}.gz`), gzipSync(text));
  }
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { RenderedPage, SourcePage } from './source-page.js';

/** Files that are longer are not shown. */
const SHOWN_BYTES = 200_000;

/** A link from one page of the site to an anchor of another, which can be checked only when all are rendered. */
interface Pending {
  readonly page: string;
  readonly href: string;
  readonly output: string;
  readonly anchor: string;
}

/**
 * Turns links between Markdown files into links between pages of the site. A file of the project that is no page gets one
 * that shows it. Faults are collected, so that all of them can be told at once.
 */
export class LinkResolver {
  readonly #root: string;
  readonly #outputs = new Map<string, string>();
  readonly #shown: SourcePage[] = [];
  readonly #pending: Pending[] = [];
  readonly #faults: string[] = [];

  /** @param root folder that the paths of the pages are relative to */
  constructor(root: string, pages: readonly SourcePage[]) {
    this.#root = root;
    for (const { source, output } of pages) this.#outputs.set(source, output);
  }

  /** Resolves the links of one page. */
  of(page: SourcePage): (href: string) => string {
    return (href) => {
      if (/^(https?:|mailto:)/.test(href)) return href;
      const [target = '', anchor = ''] = href.split('#');
      const path = decodeURI(target);
      const file = path === '' ? page.source : posix.normalize(posix.join(posix.dirname(page.source), path)).replace(/\/$/, '');
      const output = this.#outputs.get(file) ?? this.#outputs.get(posix.join(file, 'README.md')) ?? this.#show(file);
      if (output === undefined) {
        this.#faults.push(`${page.source} links to ${href}, which is not there.`);
        return href;
      }
      this.#pending.push({ page: page.source, href, output, anchor: decodeURIComponent(anchor) });
      const relative = path === '' ? '' : posix.relative(posix.dirname(page.output), output);
      return encodeURI(relative) + (anchor === '' ? '' : `#${anchor}`);
    };
  }

  /** Pages for files that links led to since this was asked last. */
  takeShown(): SourcePage[] {
    return this.#shown.splice(0);
  }

  /** All links that lead nowhere. */
  faults(pages: readonly RenderedPage[]): string[] {
    const anchors = new Map(pages.map(({ output, headings }) => [output, new Set(headings.map(({ id }) => id))]));
    const wrong = this.#pending.filter(({ output, anchor }) => anchor !== '' && !anchors.get(output)?.has(anchor));
    return [...this.#faults, ...wrong.map(({ page, href }) => `${page} links to ${href}: the page has no such heading.`)];
  }

  #show(file: string): string | undefined {
    const path = join(this.#root, file);
    if (file.startsWith('..') || !existsSync(path)) return undefined;
    // Servers hide names that begin with a dot.
    const output = `files/${file.replace(/(^|\/)\.+/g, '$1')}.html`;
    this.#outputs.set(file, output);
    this.#shown.push({ source: file, output, markdown: showFile(path, file), section: undefined });
    return output;
  }
}

function showFile(path: string, file: string): string {
  const stat = statSync(path);
  if (stat.isDirectory()) {
    const names = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !/^(\.|node_modules$|dist$)/.test(name));
    const links = names.filter((entry) => entry.isFile()).map(({ name }) => `- [${name}](${encodeURI(name)})`);
    return [`# ${file}`, links.join('\n')].join('\n\n').replaceAll('](', `](${encodeURI(posix.basename(file))}/`);
  }
  if (stat.size > SHOWN_BYTES) return `# ${file}\n\nThis file is in the project's sources. It is too long to be shown here.`;
  const language = posix.extname(file).slice(1);
  return `# ${file}\n\n${'`'.repeat(6)}${language}\n${readFileSync(path, 'utf8').trimEnd()}\n${'`'.repeat(6)}`;
}

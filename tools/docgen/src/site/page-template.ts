import { posix } from 'node:path';
import { escapeHtml } from './escape.js';
import type { Heading, RenderedPage } from './source-page.js';

export interface SiteFrame {
  /** Name of the project. */
  readonly name: string;
  /** Shown beside the name. */
  readonly version: string;
  readonly pages: readonly RenderedPage[];
}

/** A whole HTML document. Every address in it is relative, so that the site works below any path and from a folder. */
export function renderDocument(page: RenderedPage, frame: SiteFrame): string {
  const root = posix.relative(posix.dirname(page.output), '.') || '.';
  const home = `${root}/index.html`;
  const title = page.output === 'index.html' ? `${frame.name} documentation` : `${page.title} · ${frame.name}`;
  return `<!doctype html>
<html lang="en" data-root="${root}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${root}/assets/icon.svg">
<link rel="stylesheet" href="${root}/assets/site.css">
<script src="${root}/assets/theme.js"></script>
<script src="${root}/assets/site.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<button type="button" class="menu" aria-expanded="false" aria-controls="pages" hidden>Pages</button>
<a class="name" href="${home}">${escapeHtml(frame.name)} <small>${escapeHtml(frame.version)}</small></a>
<form class="search" role="search" hidden>
<input type="search" placeholder="Search ( / )" aria-label="Search the documentation" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="found">
<ul id="found" role="listbox" aria-label="Results" hidden></ul>
</form>
<button type="button" class="theme" hidden>Theme</button>
</header>
<div class="frame">
<nav class="pages" id="pages" aria-label="Pages">
${renderNavigation(page, frame.pages)}
</nav>
<main id="content">
<article>
${page.html}</article>
</main>
${renderContents(page.headings)}
</div>
</body>
</html>
`;
}

function renderNavigation(page: RenderedPage, pages: readonly RenderedPage[]): string {
  const sections = new Map<string, RenderedPage[]>();
  for (const each of pages) {
    if (each.section !== undefined) sections.set(each.section, [...(sections.get(each.section) ?? []), each]);
  }
  return [...sections]
    .map(([section, entries]) => `<h2>${escapeHtml(section)}</h2>\n<ul>\n${entries.map((entry) => renderEntry(entry, page)).join('\n')}\n</ul>`)
    .join('\n');
}

function renderEntry(entry: RenderedPage, page: RenderedPage): string {
  const href = posix.relative(posix.dirname(page.output), entry.output);
  const current = entry.output === page.output ? ' aria-current="page"' : '';
  return `<li><a href="${escapeHtml(encodeURI(href))}"${current}>${escapeHtml(entry.label ?? entry.title)}</a></li>`;
}

function renderContents(headings: readonly Heading[]): string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length < 2) return '<div class="contents"></div>';
  const entries = listed.map(({ level, id, text }) => `<li class="level-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`);
  return `<nav class="contents" aria-label="On this page">\n<h2>On this page</h2>\n<ul>\n${entries.join('\n')}\n</ul>\n</nav>`;
}

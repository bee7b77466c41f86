import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourcePage } from './source-page.js';
import { renderSite } from './write-site.js';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'docgen-'));
  mkdirSync(join(root, 'src', 'parts'), { recursive: true });
  writeFileSync(join(root, 'src', 'one.ts'), 'export const one = 1;\n');
  writeFileSync(join(root, 'src', 'parts', 'two.json'), '{"two": 2}\n');
});
afterAll(() => { rmSync(root, { recursive: true }); });

const page = (source: string, markdown: string): SourcePage => ({ source, output: source.replace(/\.md$/, '.html'), markdown, section: 'All' });
const site = (...pages: SourcePage[]) => renderSite({ name: 'Things', version: '1', root, pages });
const html = async (markdown: string): Promise<string> => (await site(page('a.md', markdown))).get('a.html') ?? '';

it('rewrites links between pages, also to anchors, and leaves others', async () => {
  const files = await site(
    page('a.md', '# A\n\n[b](sub/b.md), [its part](sub/b.md#a-part-of-b), [out](https://example.com/x.md), [here](#a)'),
    page('sub/b.md', '# B\n\n## A part, of `B`\n\n[a](../a.md)'),
  );
  const a = files.get('a.html') ?? '';
  expect(a).toContain('<a href="sub/b.html">b</a>');
  expect(a).toContain('<a href="sub/b.html#a-part-of-b">its part</a>');
  expect(a).toContain('<a href="https://example.com/x.md" rel="noreferrer">out</a>');
  expect(a).toContain('<a href="#a">here</a>');
  expect(files.get('sub/b.html')).toContain('<a href="../a.html">a</a>');
});

it('fails with all links that lead nowhere: pages, anchors, files, and what lies outside', async () => {
  const broken = site(page('a.md', '# A\n\n[1](no.md) [2](#nowhere) [3](b.md#nowhere) [4](src/none.ts) [5](../out.md)'), page('b.md', '# B'));
  await expect(broken).rejects.toThrow(/^5 links lead nowhere:\n/);
  for (const part of ['no.md', '#nowhere', 'b.md#nowhere', 'src/none.ts', '../out.md']) await expect(broken).rejects.toThrow(`a.md links to ${part}`);
});

it('shows files and folders of the project that pages link to, out of the navigation', async () => {
  const files = await site(page('a.md', '# A\n\n[code](src/one.ts) [parts](src/parts)'));
  expect(files.get('a.html')).toContain('href="files/src/one.ts.html"');
  expect(files.get('files/src/one.ts.html')).toMatch(/<span class="hljs-keyword">const<\/span>/);
  expect(files.get('files/src/parts.html')).toContain('href="parts/two.json.html"');
  expect(files.get('files/src/parts/two.json.html')).toContain('hljs-attr');
  expect(files.get('a.html')?.match(/aria-label="Pages">[\s\S]*?<\/nav>/)?.[0]).not.toContain('files/');
});

it('gives headings anchors as other viewers of Markdown do, and lists them', async () => {
  const text = await html('# A\n\n## What `x.y` is\n\n### Same\n\n### Same\n');
  for (const id of ['what-xy-is', 'same', 'same-1']) {
    expect(text).toContain(` id="${id}"`);
    expect(text).toMatch(new RegExp(`<li class="level-\\d"><a href="#${id}">`));
  }
});

it('holds no script, style or handler in the page, and leads to no other host', async () => {
  const text = await html('# A\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n```ts\nconst x = 1;\n```\n\n```mermaid\nflowchart LR\n  a --> b\n```\n\n<!-- invisible -->\n');
  expect(text).not.toMatch(/<script>|<style|style=|\son\w+=|invisible/);
  expect([...text.matchAll(/(?:src|href)="(https?:|\/)/g)]).toEqual([]);
  expect(text).toContain('<td class="align-right">2</td>');
  expect(text).toContain('<svg class="diagram"');
});

it.each(['<script>alert(1)</script>', 'text <b onclick="x()">bold</b>', '<iframe src="https://example.com"></iframe>'])('refuses HTML in a page: %s', async (markdown) => {
  await expect(html(markdown)).rejects.toThrow(/^a\.md: .* is HTML/);
});

it('makes no link of an address that could run code', async () => {
  expect(await html('[x](javascript:alert(1)) ![y](data:text/html,z)')).not.toMatch(/href="javascript|src="data:text/);
});

it('names the page whose diagram cannot be drawn', async () => {
  await expect(html('```mermaid\npie\n```')).rejects.toThrow('a.md: Only flowcharts');
});

it('indexes every section for the search, with its page and address', async () => {
  const files = await site(page('a.md', '# A\n\nIntroduction.\n\n## Rotation\n\nSend a signal with TRIBUTARY_LOG_LEVEL.\n'));
  const script = files.get('assets/search.js') ?? '';
  const data = JSON.parse(script.replace(/^globalThis\.tributarySearch = |;\n$/g, '')) as { index: string; beginnings: Record<string, string> };
  expect(data.beginnings).toEqual({ 'a.html': 'Introduction.', 'a.html#rotation': 'Send a signal with TRIBUTARY_LOG_LEVEL.' });
  expect(data.index).toContain('"tributary_log_level"');
});

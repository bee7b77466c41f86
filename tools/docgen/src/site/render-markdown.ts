import MarkdownIt from 'markdown-it';
import { drawFlowchart } from '../diagrams/draw-flowchart.js';
import { escapeHtml } from './escape.js';
import { highlight } from './highlight.js';
import { Slugs } from './slugs.js';
import type { Heading, RenderedPage, SearchSection, SourcePage } from './source-page.js';

type Token = MarkdownIt.Token;

/** Where a link of a page leads to in the site. */
export type ResolveLink = (href: string) => string;

/** HTML that pages may hold beside Markdown. */
const HTML = /^(?:<!--[\s\S]*-->|<br\s*\/?>|<\/?(?:kbd|sub|sup|details|summary)>)\s*$/;

/**
 * Renders a page.
 * @param resolveLink gets each link and picture as it stands in the page
 * @throws Error that names the page, when it holds other HTML or a diagram that cannot be drawn
 */
export function renderPage(page: SourcePage, resolveLink: ResolveLink): RenderedPage {
  const markdown = createMarkdown();
  const tokens = markdown.parse(page.markdown, {});
  const headings = addAnchors(tokens);
  try {
    for (const token of tokens) for (const child of token.children ?? []) rewriteLink(child, resolveLink);
    const html = markdown.renderer.render(tokens, markdown.options, {});
    const title = headings[0]?.text ?? page.label ?? page.source;
    return { ...page, title, html, headings, sections: searchSections(tokens, headings, title) };
  } catch (error) {
    throw new Error(`${page.source}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function createMarkdown(): MarkdownIt.MarkdownIt {
  const markdown = MarkdownIt({ html: true, linkify: false });
  const { rules } = markdown.renderer;
  rules['fence'] = (tokens, index) => renderFence(tokens[index]);
  rules['code_block'] = (tokens, index) => codeBlock(tokens[index]?.content ?? '', '');
  rules['table_open'] = () => '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  for (const cell of ['th_open', 'td_open']) {
    rules[cell] = (tokens, index, options, _env, renderer) => {
      const token = tokens[index];
      if (!token) return '';
      // A style in the page would need a policy that lets styles in.
      const align = /text-align:\s*(\w+)/.exec(String(token.attrGet('style') ?? ''))?.[1];
      token.attrs = align === undefined ? null : [['class', `align-${align}`]];
      return renderer.renderToken(tokens, index, options);
    };
  }
  rules['html_block'] = (tokens, index) => allowedHtml(tokens[index]?.content ?? '');
  rules['html_inline'] = rules['html_block'];
  rules['heading_close'] = (tokens, index) => {
    const id = tokens[index]?.attrGet('id');
    const anchor = id == null ? '' : ` <a class="anchor" href="#${escapeHtml(String(id))}" aria-label="Link to this section">#</a>`;
    return `${anchor}</${tokens[index]?.tag ?? ''}>\n`;
  };
  return markdown;
}

function allowedHtml(html: string): string {
  if (!HTML.test(html)) throw new Error(`"${html.trim().slice(0, 60)}" is HTML, of which pages hold nothing but line breaks, keys and details.`);
  return html.startsWith('<!--') ? '' : html;
}

function renderFence(token: Token | undefined): string {
  const { info = '', content = '' } = token ?? {};
  const [language = '', ...attributes] = info.trim().split(/\s+/);
  if (language === 'mermaid') return `<figure>${drawFlowchart(content)}</figure>\n`;
  const file = attributes.find((attribute) => attribute.startsWith('file='))?.slice('file='.length);
  return codeBlock(content, language, file);
}

function codeBlock(code: string, language: string, file?: string): string {
  const caption = file === undefined ? '' : `<p class="file">${escapeHtml(file)}</p>`;
  return `<div class="code">${caption}<pre tabindex="0"><code>${highlight(code, language)}</code></pre></div>\n`;
}

/** Gives the headings their anchors. */
function addAnchors(tokens: readonly Token[]): Heading[] {
  const slugs = new Slugs();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = plainText(tokens[index + 1]);
    const id = slugs.give(text);
    token.attrSet('id', id);
    tokens[index + 2]?.attrSet('id', id);
    return [{ level: Number(token.tag.slice(1)), id, text }];
  });
}

function rewriteLink(token: Token, resolveLink: ResolveLink): void {
  const attribute = token.type === 'link_open' ? 'href' : token.type === 'image' ? 'src' : undefined;
  if (attribute === undefined) return;
  const href = resolveLink(String(token.attrGet(attribute) ?? ''));
  token.attrSet(attribute, href);
  if (attribute === 'href' && /^https?:/.test(href)) token.attrSet('rel', 'noreferrer');
}

/** What stands below each heading, without markup. */
function searchSections(tokens: readonly Token[], headings: readonly Heading[], title: string): SearchSection[] {
  const sections: { id: string; heading: string; words: string[] }[] = [{ id: '', heading: title, words: [] }];
  let next = 0;
  let isHeading = false;
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      const heading = headings[next++];
      isHeading = true;
      if (next > 1) sections.push({ id: heading?.id ?? '', heading: heading?.text ?? '', words: [] });
    } else if (token.type === 'inline') {
      if (!isHeading) sections.at(-1)?.words.push(plainText(token));
      isHeading = false;
    } else if (token.type === 'fence' && !token.info.startsWith('mermaid')) {
      sections.at(-1)?.words.push(token.content);
    }
  }
  return sections.map(({ id, heading, words }) => ({ id, heading, text: words.join(' ').replace(/\s+/g, ' ') }));
}

function plainText(token: Token | undefined): string {
  const { children } = token ?? {};
  return (children ?? [])
    .map(({ type, content }) => (type === 'text' || type === 'code_inline' || type === 'text_special' ? content : /break$/.test(type) ? ' ' : ''))
    .join('');
}

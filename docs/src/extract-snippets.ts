import MarkdownIt from 'markdown-it';

/** A block of code of a page, with what invisible comments before it say of how it is tested. */
export interface Snippet {
  /** Path of the page, relative to the root. */
  readonly page: string;
  /** Line of the page on which the block begins. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** File that the block claims to show: `ts file=libs/…`. */
  readonly file: string | undefined;
  /** `<!-- expect: … -->`: what the output has to hold, line by line, in this order; `exit 0` where it says nothing. */
  readonly expected: readonly string[];
  /** `<!-- until: … -->`: each line of the block is ended by Ctrl-C as soon as its output holds this. */
  readonly until: string | undefined;
  /** `<!-- not run: … -->`: why the block is not run. */
  readonly notRun: string | undefined;
  /** `<!-- schema: … -->`: JSON Schema that the block has to fit. */
  readonly schema: string | undefined;
  /** `<!-- with: … -->`: code before the block that makes it complete. */
  readonly preamble: string;
}

const DIRECTIVES = ['expect', 'until', 'not run', 'schema', 'with'] as const;
type Directive = (typeof DIRECTIVES)[number];

const DIRECTIVE = new RegExp(`<!--\\s*(${DIRECTIVES.join('|')}):([\\s\\S]*?)-->`, 'g');

/** All blocks of code of a page, in order. */
export function extractSnippets(page: string, markdown: string): Snippet[] {
  let said = new Map<Directive, string>();
  return MarkdownIt({ html: true })
    .parse(markdown, {})
    .flatMap((token) => {
      if (token.type === 'html_block') {
        for (const [, name, text = ''] of token.content.matchAll(DIRECTIVE)) said.set(name as Directive, text.trim());
        return [];
      }
      const directives = said;
      said = new Map();
      return token.type === 'fence' ? [toSnippet(page, token, directives)] : [];
    });
}

function toSnippet(page: string, token: MarkdownIt.Token, said: ReadonlyMap<Directive, string>): Snippet {
  const [language = '', ...attributes] = token.info.trim().split(/\s+/);
  return {
    page,
    line: (token.map?.[0] ?? 0) + 1,
    language,
    code: token.content,
    file: attributes.find((attribute) => attribute.startsWith('file='))?.slice('file='.length),
    expected: (said.get('expect') ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== ''),
    until: said.get('until'),
    notRun: said.get('not run'),
    schema: said.get('schema'),
    preamble: said.get('with') ?? '',
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkJson } from './check-json.js';
import { checkTypeScript, placeOf } from './check-typescript.js';
import { extractSnippets } from './extract-snippets.js';
import { allSnippets, WORKSPACE } from './pages.js';

/** Blocks in other languages are pictures: layouts of files, diagrams, requests as they travel. */
const TESTED = new Set(['sh', 'ts', 'json', 'sql', 'python', 'yaml']);
const PICTURES = new Set(['', 'text', 'mermaid', 'http']);

const snippets = allSnippets();
const of = (language: string) => snippets.filter((snippet) => snippet.language === language);

it('knows what to do with every block', () => {
  const strange = snippets.filter(({ language }) => !TESTED.has(language) && !PICTURES.has(language));
  expect(strange.map((snippet) => `${placeOf(snippet)} ${snippet.language}`)).toEqual([]);
});

it('is told of each shell block what its output holds, or why it is not run', () => {
  const silent = [...of('sh'), ...of('python'), ...of('yaml')].filter(({ expected, until, notRun }) => expected.length === 0 && until === undefined && notRun === undefined);
  expect(silent.map(placeOf)).toEqual([]);
});

it('shows code as it stands in the file that a block names', () => {
  const shown = snippets.filter(({ file }) => file !== undefined);
  for (const { file = '', code } of shown) expect(code).toBe(readFileSync(join(WORKSPACE, file), 'utf8'));
  expect(shown.length).toBeGreaterThan(3);
});

it('shows TypeScript that compiles', () => {
  const blocks = of('ts').filter(({ file }) => file === undefined);
  expect(checkTypeScript(blocks, WORKSPACE)).toEqual([]);
  expect(blocks.length).toBeGreaterThan(2);
}, 120_000);

it('shows JSON that fits the schema that it claims', () => {
  const wrong = of('json').flatMap((snippet) => checkJson(snippet, WORKSPACE).map((problem) => `${placeOf(snippet)} ${problem}`));
  expect(wrong).toEqual([]);
});

it('lists what is not run, with the reason', () => {
  const skipped = snippets.filter(({ notRun }) => notRun !== undefined);
  for (const { notRun } of skipped) expect(notRun).toMatch(/^\S.{10,}/s);
  console.warn([`${skipped.length} of ${snippets.length} blocks are not run:`, ...skipped.map((snippet) => `- ${placeOf(snippet)} ${snippet.notRun ?? ''}`)].join('\n'));
});

describe('the checks themselves', () => {
  const page = (text: string) => extractSnippets('a.md', text);

  it('read what comments before a block say of it, and of that block alone', () => {
    const [first, second] = page('<!-- expect:\none\ntwo\n-->\n\n```sh\necho\n```\n\n```ts file=a.ts\nx\n```\n');
    expect(first).toMatchObject({ language: 'sh', code: 'echo\n', expected: ['one', 'two'], line: 6 });
    expect(second).toMatchObject({ language: 'ts', file: 'a.ts', expected: [], line: 10 });
  });

  it('refuse TypeScript that does not compile, at its line', () => {
    const blocks = page('<!-- with: declare const count: number; -->\n\n```ts\nconst half = count / 2;\nconst text: string = half;\n```\n');
    expect(checkTypeScript(blocks, WORKSPACE)).toEqual(["a.md:5 Type 'number' is not assignable to type 'string'."]);
  }, 60_000);

  it('refuse JSON that is none, that claims no schema, or that does not fit', () => {
    const schema = 'libs/workflow-contracts/schemas/flow-input.schema.json';
    expect(existsSync(join(WORKSPACE, schema))).toBe(true);
    const problems = (text: string) => page(text).flatMap((snippet) => checkJson(snippet, WORKSPACE));
    expect(problems('```json\n{,}\n```\n')).toEqual([expect.stringContaining('is no JSON')]);
    expect(problems('```json\n{}\n```\n')).toEqual([expect.stringContaining('claims no schema')]);
    expect(problems(`<!-- schema: ${schema} -->\n\n\`\`\`json\n{"type": 1, "args": {}}\n\`\`\`\n`)).toEqual([expect.stringContaining('/type must be string')]);
  });
});

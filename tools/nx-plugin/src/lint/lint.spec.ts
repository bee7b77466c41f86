import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { allowed, impure, misdirected, type Snippet } from '../../testdata/lint/snippets.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');

/** The ids of the rules that each snippet breaks. */
function lint(snippets: readonly Snippet[]): string[][] {
  const { stdout, stderr } = spawnSync(process.execPath, ['tools/nx-plugin/testdata/lint/lint-snippets.mjs'], {
    cwd: workspaceRoot,
    input: JSON.stringify(snippets),
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false' },
    timeout: 120_000,
  });
  const answer = stdout.slice(stdout.lastIndexOf('\n') + 1);
  if (!answer.startsWith('[')) throw new Error(`ESLint did not run: ${stderr}${stdout}`);
  return JSON.parse(answer) as string[][];
}

describe('the lint rules of the workspace', () => {
  const snippets = [...impure, ...misdirected, ...allowed];
  let broken: Map<Snippet, string[]>;
  beforeAll(() => {
    const results = lint(snippets);
    broken = new Map(snippets.map((snippet, index) => [snippet, results[index] ?? ['not linted']]));
  }, 120_000);

  const title = ({ path, code }: Snippet): string => `${path}: ${code.split('\nexport const y')[0]!.trim()}`;

  it.each([...impure, ...misdirected].map((snippet) => [title(snippet), snippet] as const))('refuse %s', (_title, snippet) => {
    expect(broken.get(snippet)).toContain(snippet.rule);
  });

  it.each(allowed.map((snippet) => [title(snippet), snippet] as const))('allow %s', (_title, snippet) => {
    expect(broken.get(snippet)).toEqual([]);
  });
});

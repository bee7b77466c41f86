import { startPostgres } from '@tributary/dev/servers';
import { Client } from 'pg';
import { placeOf } from './check-typescript.js';
import type { Snippet } from './extract-snippets.js';
import { commandEnvironment, startLocalStack, type LocalStack } from './local-stack.js';
import { allSnippets, WORKSPACE } from './pages.js';
import { runShell } from './shell.js';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.js';

const BLOCK_TIMEOUT_MS = 120_000;
const START_TIMEOUT_MS = 300_000;

const run = allSnippets().filter(({ notRun }) => notRun === undefined);
const shell = run.filter(({ language }) => language === 'sh');
/** Commands that start the stack cannot run beside one. */
const startsStack = ({ code }: Snippet): boolean => /^(?:\w+=\S+ )*npm (start|run stack)\b/m.test(code);
const cases = (snippets: readonly Snippet[]): [string, Snippet][] => snippets.map((snippet) => [placeOf(snippet), snippet]);

let copy: WorkspaceCopy | undefined;

beforeAll(() => { copy = copyWorkspace(WORKSPACE); }, START_TIMEOUT_MS);
afterAll(() => { copy?.remove(); }, START_TIMEOUT_MS);

describe('commands that start something of their own', () => {
  it.each(cases(shell.filter(startsStack)))('%s', async (_place, snippet) => {
    await runBlock(snippet, commandEnvironment());
  }, START_TIMEOUT_MS);
});

describe('commands on the local stack', () => {
  let stack: LocalStack | undefined;

  beforeAll(async () => { stack = await startLocalStack(copy?.root ?? ''); }, START_TIMEOUT_MS);
  afterAll(() => stack?.stop(), START_TIMEOUT_MS);

  it.each(cases(shell.filter((snippet) => !startsStack(snippet))))('%s', async (_place, snippet) => {
    await runBlock(snippet, stack?.environment ?? {});
  }, START_TIMEOUT_MS);
});

describe('statements', () => {
  const statements = run.filter(({ language }) => language === 'sql');

  it.each(cases(statements))('%s', async (_place, { code }) => {
    const server = await startPostgres();
    const client = new Client({ connectionString: server.url });
    try {
      await client.connect();
      await client.query('CREATE DATABASE warehouse');
      await client.query(code);
    } finally {
      await client.end();
      await server.stop();
    }
  }, START_TIMEOUT_MS);
});

async function runBlock({ preamble, code, until, expected }: Snippet, env: NodeJS.ProcessEnv): Promise<void> {
  // What serves until Ctrl-C would keep the next command waiting.
  const parts = until === undefined ? [`${preamble}\n${code}`] : code.split(/(?<!\\)\n/).filter((line) => line.trim() !== '');
  let output = '';
  for (const part of parts) {
    const result = await runShell(part, { cwd: copy?.root ?? '', env, timeoutMs: until === undefined ? BLOCK_TIMEOUT_MS : START_TIMEOUT_MS, ...(until !== undefined && { until }) });
    output += `${result.output}\nexit ${result.code ?? 'by a signal'}\n`;
    const { timedOut } = result;
    if (timedOut || (until === undefined ? result.code !== 0 : !result.output.includes(until))) {
      throw new Error(`${timedOut ? 'Not done in time' : `Ended with code ${result.code ?? 'none'}`}: ${part}\n${result.output}`);
    }
  }
  let from = 0;
  for (const line of expected) {
    const at = output.indexOf(line, from);
    if (at < 0) throw new Error(`"${line}" is not where it is expected in the output:\n${output}`);
    from = at + line.length;
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { nxCommand, provisionBinaries, workspaceRoot } from '../stack/index.js';
import { Steps } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';

/** `npm test [-- arguments of nx]`: all tests of all projects, with the binaries they need made before the clock of any test runs. */
export async function test(args: readonly string[], screen: Screen): Promise<number> {
  await provisionBinaries(new Steps(screen));
  const { command, args: words, cwd } = nxCommand(workspaceRoot(), ['run-many', '-t', 'test', '--parallel=1', '--output-style=stream', ...args]);
  const env = { ...process.env, ...(process.env['CI'] ? { NX_DAEMON: 'false' } : {}) };
  const nx = spawn(command, words, { cwd, stdio: 'inherit', env });
  // nx ends its tasks when it is told to; we wait for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => nx.kill(signal));
  process.on('disconnect', () => nx.kill('SIGTERM'));
  const [code] = (await once(nx, 'exit')) as [number | null];
  return code ?? 1;
}

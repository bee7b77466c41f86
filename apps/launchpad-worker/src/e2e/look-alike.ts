import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ManagedProcess } from '@tributary/dev/process';

const WORKSPACE = resolve(__dirname, '../../../..');
const READY_TIMEOUT_MS = 30_000;

/** The look-alike Launchpad as a process of its own, with the world that its options make. */
export async function startLookAlike(folder: string, options: Readonly<Record<string, number>>): Promise<{ url: string; stop(): Promise<void> }> {
  const logFile = join(folder, 'look-alike.log');
  const child = await ManagedProcess.start({
    name: 'look-alike',
    command: process.execPath,
    args: [
      ...['--conditions=@tributary/source', '--import', 'tsx', 'libs/testing/src/launchpad/main.ts'],
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    cwd: WORKSPACE,
    logFile,
  });
  let url = '';
  await child.ready(async () => {
    url = /"url":"([^"]+)"/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? '';
    return url !== '';
  }, READY_TIMEOUT_MS);
  return { url, stop: async () => void (await child.stop()) };
}

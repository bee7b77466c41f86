import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DEV_BUILD_FAILED, DEV_DISK_FULL } from '../errors.js';
import { logTail, ManagedProcess } from '../process/index.js';
import { speaksOfFullDisk } from './disk-space.js';
import type { StackLayout } from './layout.js';
import type { Supervisor } from './supervisor.js';

/** The `nx` of the workspace, run by our own Node. */
export function nxCommand(workspace: string, args: readonly string[]): { command: string; args: string[]; cwd: string } {
  const manifest = join(workspace, 'node_modules', 'nx', 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { nx: string } };
  return { command: process.execPath, args: [join(dirname(manifest), bin.nx), ...args], cwd: workspace };
}

const TELL_EVERY_MS = 1_000;

/** Projects whose pages an app serves. */
const SERVED_PAGES: Readonly<Record<string, readonly string[]>> = { 'starter-api': ['dashboard'] };

export interface BuildOptions {
  readonly layout: StackLayout;
  readonly supervisor: Supervisor;
  /** Gets the latest line of the log now and then. */
  readonly tell: (line: string) => void;
}

/**
 * Builds apps, their workflow bundles and the pages that they serve, from Nx's cache where nothing has changed.
 * @throws DEV_BUILD_FAILED, DEV_DISK_FULL
 */
export async function buildApps(names: readonly string[], options: BuildOptions): Promise<void> {
  await build(names.flatMap((name) => [name, ...(SERVED_PAGES[name] ?? [])]), 'build', options);
}

/** Builds the documentation, which the API serves as soon as it is there. @throws DEV_BUILD_FAILED, DEV_DISK_FULL */
export async function buildDocumentation(options: Omit<BuildOptions, 'tell'>): Promise<void> {
  await build(['docs'], 'build-documentation', { ...options, tell: () => undefined });
}

async function build(projects: readonly string[], log: string, { layout, supervisor, tell }: BuildOptions): Promise<void> {
  const logFile = layout.log(log);
  const nx = await ManagedProcess.start({
    name: 'nx',
    ...nxCommand(layout.workspace, ['run-many', '-t', 'build', 'bundle-workflows', '-p', projects.join(','), '--output-style=static']),
    // Its daemon would outlive us.
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    logFile,
  });
  // The supervisor ends it with the rest, but its end is no accident.
  const teller = setInterval(() => { tell(logTail(logFile, 1).trim()); }, TELL_EVERY_MS);
  const { code, signal } = await supervisor.whileRunning(nx, nx.exited).finally(() => { clearInterval(teller); });
  if (code === 0) return;
  const tail = logTail(logFile, 25);
  if (speaksOfFullDisk(tail)) throw DEV_DISK_FULL({ folder: layout.workspace, free: 'nothing', needed: 'some hundred MB' });
  throw DEV_BUILD_FAILED({ tail: tail || `nx ended by ${signal ?? 'itself'}`, logFile });
}

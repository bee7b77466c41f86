import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';

type Order =
  | { op: 'watch'; pid: number; signal: NodeJS.Signals }
  | { op: 'forget'; pid: number }
  | { op: 'folder' | 'keep'; path: string };

const SCRIPT = join(__dirname, '..', '..', 'watchdog.mjs');
const watched = new Set<number | string>();
let watchdog: ChildProcess | undefined;

/** Has process group `pid` ended with `signal`, then SIGKILL, should this process die without doing it. */
export function watch(pid: number, signal: NodeJS.Signals): void {
  watched.add(pid);
  tell({ op: 'watch', pid, signal });
}

/** Undoes `watch`: the process has ended. */
export function forget(pid: number): void {
  if (!watched.delete(pid)) return;
  tell({ op: 'forget', pid });
  release();
}

/** Has a temporary folder removed, should this process die without doing it. */
export function watchFolder(path: string): void {
  watched.add(path);
  tell({ op: 'folder', path });
}

/** Undoes `watchFolder`. */
export function forgetFolder(path: string): void {
  if (!watched.delete(path)) return;
  tell({ op: 'keep', path });
  release();
}

function tell(order: Order): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(`${JSON.stringify(order)}\n`);
}

function release(): void {
  if (watched.size > 0) return;
  watchdog?.stdin?.end();
  watchdog = undefined;
}

function startWatchdog(): ChildProcess {
  // Detached: Ctrl-C and the end of the terminal must not reach it.
  const child = spawn(process.execPath, [SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {} });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as Socket).unref();
  return child;
}

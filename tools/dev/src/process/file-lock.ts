import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isRunning } from './identity.js';
import type { ProcessIdentity } from './identity.js';

const POLL_MS = 200;

interface Holder extends ProcessIdentity {
  readonly host: string;
  readonly token: string;
}

/** A lock that this process holds. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock at `path`, or tells who holds it. The lock of a process that has died is taken over. A lock is a file
 * that is linked into place, so that it never exists without its content.
 */
export function tryLock(path: string): { readonly lock: FileLock } | { readonly holder: number } {
  mkdirSync(dirname(path), { recursive: true });
  const token = randomUUID();
  const mine = `${path}.${token}`;
  const identity = identify(process.pid) ?? { pid: process.pid, startTime: '' };
  writeFileSync(mine, JSON.stringify({ ...identity, host: hostname(), token } satisfies Holder));
  try {
    for (;;) {
      if (link(mine, path)) return { lock: { release: () => { release(path, token); } } };
      const holder = read(path);
      if (holder && isHeld(holder)) return { holder: holder.pid };
      discard(path, holder?.token, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Waits for the lock as long as its holder lives; `onWait` is told once who that is. */
export async function lockFile(path: string, onWait?: (holder: number) => void): Promise<FileLock> {
  for (let waiting = false; ; waiting = true) {
    const result = tryLock(path);
    if ('lock' in result) return result.lock;
    if (!waiting) onWait?.(result.holder);
    await delay(POLL_MS);
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder> | null;
    // Damaged, it would be the lock of some other machine for ever.
    const whole = typeof holder?.pid === 'number' && typeof holder.host === 'string';
    return whole ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** A holder on another machine, over a shared home folder, can't be looked up: it counts as alive. */
function isHeld(holder: Holder): boolean {
  return holder.host !== hostname() || isRunning(holder);
}

/** Moves the dead lock aside, and puts it back should it be another one by now. */
function discard(path: string, token: string | undefined, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside)?.token !== token) link(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, token: string): void {
  if (read(path)?.token === token) rmSync(path, { force: true });
}

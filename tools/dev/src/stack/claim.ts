import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DEV_STACK_RUNNING } from '../errors.js';
import { identify, isRunning, tryLock } from '../process/index.js';
import type { ProcessIdentity } from '../process/index.js';
import { readJson } from './layout.js';
import type { StackLayout } from './layout.js';
import { writePrivateJson } from './private-file.js';

const GRACE_MS = 5_000;
const POLL_MS = 50;

interface Child extends ProcessIdentity {
  readonly name: string;
}

/** The right to run the stack of this repository, which one process has at a time. */
export interface StackClaim {
  /** Names of processes that an earlier, killed start had left, and that have been ended now. */
  readonly ended: readonly string[];
  /** Notes a process that belongs to the stack, so that the next start can end it should we not be able to. */
  note(name: string, pid: number): void;
  release(): void;
}

/**
 * Claims the stack, and ends what a killed start has left running.
 * @throws DEV_STACK_RUNNING when it runs already
 */
export async function claimStack(layout: StackLayout): Promise<StackClaim> {
  const attempt = tryLock(layout.lock);
  if ('holder' in attempt) throw DEV_STACK_RUNNING({ pid: attempt.holder, folder: layout.root });
  const ended = await endLeftovers(layout);
  forgetPlaces(layout);
  let children: readonly Child[] = [];
  return {
    ended,
    note: (name, pid) => {
      const identity = identify(pid);
      children = [...children.filter(isRunning), ...(identity ? [{ name, ...identity }] : [])];
      writePrivateJson(layout.children, children);
    },
    release: () => {
      forgetPlaces(layout);
      rmSync(layout.children, { force: true });
      attempt.lock.release();
    },
  };
}

/** Each start writes them anew; a password of the user's must not outlast the stack that needs it. */
function forgetPlaces({ stackFile, secretsFile }: StackLayout): void {
  for (const file of [stackFile, secretsFile]) rmSync(file, { force: true });
}

async function endLeftovers({ children }: StackLayout): Promise<string[]> {
  const noted = readJson<unknown>(children);
  const left = (Array.isArray(noted) ? noted : []).filter(isChild).filter(isRunning);
  for (const child of left) send(child, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  while (left.some(isRunning) && Date.now() < deadline) await delay(POLL_MS);
  for (const child of left.filter(isRunning)) send(child, 'SIGKILL');
  while (left.some(isRunning) && Date.now() < deadline + GRACE_MS) await delay(POLL_MS);
  rmSync(children, { force: true });
  return left.map(({ name }) => name);
}

/** The file may be damaged, or of another version. */
function isChild(entry: unknown): entry is Child {
  const { name, pid, startTime } = (entry ?? {}) as Partial<Record<keyof Child, unknown>>;
  return typeof name === 'string' && typeof startTime === 'string' && Number.isInteger(pid) && Number(pid) > 1;
}

function send({ pid }: Child, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in between.
  }
}

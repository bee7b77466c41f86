import { setTimeout as delay } from 'node:timers/promises';
import { DEV_CHILD_DIED, DEV_DISK_FULL } from '../errors.js';
import { describeExit, logTail } from '../process/index.js';
import type { ProcessExit } from '../process/index.js';
import { speaksOfFullDisk } from './disk-space.js';

/** A process that belongs to the stack. */
export interface Supervised {
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<ProcessExit>;
  stop(): Promise<unknown>;
}

/** Signals from a terminal reach a child and us at the same time; ours may come second. */
const BENEFIT_OF_DOUBT_MS = 200;

/** Knows every process of the stack: notices when one dies by itself, and ends all in reverse order. */
export class Supervisor {
  readonly #children: { readonly name: string; readonly child: Supervised }[] = [];
  #stopping: Promise<void> | undefined;
  #reportDeath: (error: Error) => void = () => undefined;
  /** Rejects with DEV_CHILD_DIED when a process ends that nobody stopped; otherwise stays pending. */
  readonly death: Promise<never>;

  /** `note` is told of each process. */
  constructor(private readonly note: (name: string, pid: number) => void = () => undefined) {
    this.death = new Promise<never>((_resolve, reject) => (this.#reportDeath = reject));
    // Nobody may be waiting yet.
    this.death.catch(() => undefined);
  }

  /** Takes charge of a process, and gives it back. One that comes while all are being ended is ended as well. */
  async add<T extends Supervised>(name: string, starting: Promise<T>): Promise<T> {
    const child = await starting;
    this.#children.push({ name, child });
    this.note(name, child.pid);
    void child.exited.then((exit) => this.#ended(name, child, exit));
    if (this.#stopping) await child.stop();
    return child;
  }

  /** Takes charge of a process whose end is expected, for as long as `work` takes. */
  async whileRunning<T>(child: Supervised, work: Promise<T>): Promise<T> {
    const entry = { name: '', child };
    this.#children.push(entry);
    try {
      return await work;
    } finally {
      this.#children.splice(this.#children.indexOf(entry), 1);
    }
  }

  /** Ends all, the last one first. Safe to repeat. */
  stopAll(): Promise<void> {
    this.#stopping ??= (async () => {
      for (const { child } of [...this.#children].reverse()) await child.stop();
    })();
    return this.#stopping;
  }

  async #ended(name: string, child: Supervised, exit: ProcessExit): Promise<void> {
    await delay(BENEFIT_OF_DOUBT_MS, undefined, { ref: false });
    if (this.#stopping || !this.#children.some((entry) => entry.child === child)) return;
    const tail = logTail(child.logFile);
    const fullDisk = speaksOfFullDisk(tail);
    this.#reportDeath(
      fullDisk
        ? DEV_DISK_FULL({ folder: child.logFile, free: 'nothing', needed: 'some hundred MB' })
        : DEV_CHILD_DIED({ name, exit: describeExit(exit), tail, logFile: child.logFile }),
    );
  }
}

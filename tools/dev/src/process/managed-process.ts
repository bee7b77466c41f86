import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DEV_PROCESS_FAILED, DEV_PROCESS_NOT_READY } from '../errors.js';
import { logTail } from './log-tail.js';
import { forget, watch } from './watchdog.js';

/** How a process is started and ended. */
export interface ProcessOptions {
  /** What messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Standard output and error are appended to it. */
  readonly logFile: string;
  /** @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
  /** Time between the stop signal and SIGKILL, in milliseconds. @default 10000 */
  readonly stopTimeoutMs?: number;
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const POLL_MS = 20;

/** A child process that leads its own group, logs to a file, and does not outlive its parent. */
export class ManagedProcess {
  readonly name: string;
  readonly logFile: string;
  readonly pid: number;
  /** Settles when the process has ended; never rejects. */
  readonly exited: Promise<ProcessExit>;
  #exit: ProcessExit | undefined;
  readonly #options: ProcessOptions;

  private constructor(child: ChildProcess, pid: number, options: ProcessOptions) {
    this.#options = options;
    this.name = options.name;
    this.logFile = options.logFile;
    this.pid = pid;
    watch(pid, options.stopSignal ?? 'SIGTERM');
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#exit = { code, signal };
        forget(pid);
        resolve(this.#exit);
      });
    });
  }

  /** @throws DEV_PROCESS_FAILED when the program cannot be executed. */
  static async start(options: ProcessOptions): Promise<ManagedProcess> {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'a', 0o600);
    try {
      const child = spawn(options.command, options.args, {
        // A group of its own: Ctrl-C reaches us alone, and we end our children in order.
        detached: true,
        stdio: ['ignore', log, log],
        env: options.env ?? process.env,
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        ...(options.uid === undefined ? {} : { uid: options.uid }),
        ...(options.gid === undefined ? {} : { gid: options.gid }),
      });
      if (child.pid !== undefined) return new ManagedProcess(child, child.pid, options);
      const reason = await new Promise<Error>((resolve) => child.once('error', resolve));
      throw DEV_PROCESS_FAILED({ name: options.name, reason: reason.message, tail: '', logFile: options.logFile });
    } finally {
      closeSync(log);
    }
  }

  /** How the process ended; undefined while it runs. */
  get exit(): ProcessExit | undefined {
    return this.#exit;
  }

  /** Last lines of its log. */
  tail(lines?: number): string {
    return logTail(this.logFile, lines);
  }

  /**
   * Waits until `probe` gives true.
   * @throws DEV_PROCESS_FAILED when the process ends before; DEV_PROCESS_NOT_READY after `timeoutMs`.
   */
  async ready(probe: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let reason = 'no answer';
    for (;;) {
      if (this.#exit) throw DEV_PROCESS_FAILED({ ...this.#described(), reason: describeExit(this.#exit) });
      try {
        if (await probe()) return;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
      if (Date.now() > deadline) throw DEV_PROCESS_NOT_READY({ ...this.#described(), reason, seconds: timeoutMs / 1000 });
      await delay(POLL_MS);
    }
  }

  /** Sends the stop signal, SIGKILL after the time-out, and waits for the end. Safe to repeat. */
  async stop(): Promise<ProcessExit> {
    this.signal(this.#options.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), this.#options.stopTimeoutMs ?? 10_000);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends SIGKILL to the process and its children, and waits for the end. */
  async kill(): Promise<ProcessExit> {
    this.signal('SIGKILL');
    return this.exited;
  }

  /** Signals the whole group; does nothing once the process has ended. */
  signal(signal: NodeJS.Signals): void {
    if (this.#exit) return;
    try {
      process.kill(process.platform === 'win32' ? this.pid : -this.pid, signal);
    } catch {
      // The process has just ended; `exited` says so.
    }
  }

  #described(): { name: string; tail: string; logFile: string } {
    return { name: this.name, tail: this.tail(), logFile: this.logFile };
  }
}

/** `ended with code 1`, `ended by SIGKILL`. */
export function describeExit(exit: ProcessExit): string {
  return exit.signal ? `ended by ${exit.signal}` : `ended with code ${exit.code ?? 0}`;
}

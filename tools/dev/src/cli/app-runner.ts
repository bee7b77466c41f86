import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { forget, watch } from '../process/index.js';
import { isReady } from '../stack/index.js';
import type { StackApp } from '../stack/index.js';

const FROM_SOURCE = ['--conditions=@tributary/source', '--import', 'tsx'];
const STOP_TIMEOUT_MS = 20_000;
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

export interface AppRunnerOptions {
  readonly app: StackApp;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where it answers to /readyz. */
  readonly url: string;
  readonly print: (text: string) => void;
}

/** Runs an app from source: bundles its workflows, starts it, and does both again on `restart`. Its output goes to ours. */
export class AppRunner {
  #child: ChildProcess | undefined;
  #wanted = 0;
  #work: Promise<void> | undefined;
  #stopped = false;

  constructor(private readonly options: AppRunnerOptions) {}

  /** Starts the app, or starts it again. Calls that come while that goes on are one more start after it. */
  restart(): void {
    this.#wanted += 1;
    this.#work ??= this.#catchUp().finally(() => (this.#work = undefined));
  }

  /** Ends the app for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#end();
    await this.#work;
  }

  async #catchUp(): Promise<void> {
    for (let done = 0; done !== this.#wanted && !this.#stopped; ) {
      done = this.#wanted;
      await this.#once(done);
    }
  }

  async #once(generation: number): Promise<void> {
    const { app, print } = this.options;
    const started = Date.now();
    if (app.worker && !(await this.#bundle())) {
      print(`${app.name}: the workflow bundle could not be built; waiting for a change`);
      return;
    }
    await this.#end();
    if (this.#stopped || generation !== this.#wanted) return;
    const child = this.#spawn([...FROM_SOURCE, join('apps', app.name, 'src', 'main.ts')], this.#environment());
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      print(`${app.name} has ended (${signal ?? `code ${code ?? 0}`}); waiting for a change`);
    });
    if (await this.#ready(child, generation)) print(`${app.name} is ready at ${this.options.url} after ${Date.now() - started} ms`);
  }

  #environment(): Record<string, string> {
    const { app, env, workspace } = this.options;
    if (!app.worker) return env;
    return { ...env, TRIBUTARY_WORKFLOW_BUNDLE: join(workspace, 'apps', app.name, 'dist', 'workflow-bundle.js') };
  }

  async #bundle(): Promise<boolean> {
    const args = [...FROM_SOURCE, 'tools/nx-plugin/src/cli/bundle-workflows.ts', `apps/${this.options.app.name}`];
    const child = this.#spawn(args, process.env);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  }

  async #ready(child: ChildProcess, generation: number): Promise<boolean> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (this.#child === child && generation === this.#wanted && Date.now() < deadline) {
      if (await isReady(this.options.url).catch(() => false)) return true;
      await delay(POLL_MS);
    }
    return false;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    const ended = once(child, 'exit');
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => { signalGroup(child, 'SIGKILL'); }, STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  #spawn(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(process.execPath, args, { cwd: this.options.workspace, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
    const { pid } = child;
    if (pid !== undefined) {
      watch(pid, 'SIGTERM');
      child.once('exit', () => { forget(pid); });
    }
    return child;
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has just ended.
  }
}

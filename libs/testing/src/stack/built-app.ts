import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ManagedProcess, runEnvironment, type ProcessExit } from '@tributary/dev/process';
import { freePorts } from '@tributary/dev/servers';

const READY_TIMEOUT_MS = 60_000;
const WORKSPACE = resolve(__dirname, '../../../..');

/** A built app that runs as a process of its own, as it is deployed. */
export interface BuiltApp {
  readonly pid: number;
  /** Where it serves /livez, /readyz and /metrics. */
  readonly url: string;
  /** What its requests need, where it does not answer everybody. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it has written so far. */
  log(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** A built app that need not have become ready. */
export interface LaunchedApp extends BuiltApp {
  /** Settles when the process has ended, however; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Waits until /readyz says yes. @throws CodedError when the process ends before, or takes too long */
  ready(): Promise<void>;
  /** Sends a signal, and waits for nothing. */
  signal(signal: NodeJS.Signals): void;
}

export interface BuiltAppOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Variable that takes the port of its HTTP server. */
  readonly portVariable: string;
  readonly logFile: string;
}

/** Starts `apps/<name>/dist/main.js` and waits until /readyz says yes. */
export async function startBuiltApp(name: string, options: BuiltAppOptions): Promise<LaunchedApp> {
  const app = await launchBuiltApp(name, options);
  try {
    await app.ready();
  } catch (error) {
    await app.kill();
    throw error;
  }
  return app;
}

/** Starts `apps/<name>/dist/main.js` and waits for nothing. */
export async function launchBuiltApp(name: string, options: BuiltAppOptions): Promise<LaunchedApp> {
  const main = join(WORKSPACE, 'apps', name, 'dist', 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npx nx build ${name}" (and bundle-workflows) first`);
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${String(port)}`;
  const child = await ManagedProcess.start({
    name,
    command: process.execPath,
    args: [main],
    env: { PATH: process.env['PATH'] ?? '', ...runEnvironment(WORKSPACE, name), ...options.environment, [options.portVariable]: String(port) },
    logFile: options.logFile,
  });
  return {
    pid: child.pid,
    url,
    exited: child.exited,
    ready: () => child.ready(async () => (await fetch(`${url}/readyz`)).status === 200, READY_TIMEOUT_MS),
    signal: (signal) => child.signal(signal),
    log: () => readFileSync(options.logFile, 'utf8'),
    stop: async () => (await child.stop()).code,
    kill: async () => void (await child.kill()),
  };
}

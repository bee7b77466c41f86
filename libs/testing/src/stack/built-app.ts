import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ManagedProcess, runEnvironment } from '@tributary/dev/process';
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

export interface BuiltAppOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Variable that takes the port of its HTTP server. */
  readonly portVariable: string;
  readonly logFile: string;
}

/** Starts `apps/<name>/dist/main.js` and waits until /readyz says yes. */
export async function startBuiltApp(name: string, options: BuiltAppOptions): Promise<BuiltApp> {
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
  try {
    await child.ready(async () => (await fetch(`${url}/readyz`)).status === 200, READY_TIMEOUT_MS);
  } catch (error) {
    await child.kill();
    throw error;
  }
  return {
    pid: child.pid,
    url,
    log: () => readFileSync(options.logFile, 'utf8'),
    stop: async () => (await child.stop()).code,
    kill: async () => void (await child.kill()),
  };
}

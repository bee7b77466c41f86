import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findTemporal } from '@tributary/dev/binaries';

/** The local stack with all apps, and what commands need to reach it. */
export interface LocalStack {
  readonly environment: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

interface StackFile {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly catalogUrl: string;
}

const SERVING = 'Serving. Ctrl-C ends it.';
const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 60_000;

/** Environment of the commands of the pages, in a workspace of their own. */
export function commandEnvironment(): NodeJS.ProcessEnv {
  const { CI: _ci, NODE_OPTIONS: _options, ...others } = process.env;
  const ours = Object.fromEntries(Object.entries(others).filter(([name]) => !/^(JEST_|npm_|NX_|TEMPORAL_|DAPR_)/.test(name)));
  return { ...ours, NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1', FORCE_COLOR: '0' };
}

/** `npm run stack -- --apps` in a workspace; ready when every app is. */
export async function startLocalStack(workspace: string): Promise<LocalStack> {
  // The topic of the rules in the guide on events.
  const env: NodeJS.ProcessEnv = { ...commandEnvironment(), TRIBUTARY_EVENT_TOPICS: 'changes' };
  const child = spawn('npm', ['run', '--silent', 'stack', '--', '--apps'], { cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const exited = once(child, 'exit');
  const serving = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error(`The stack does not serve after ${START_TIMEOUT_MS / 1000} s:\n${output}`)); }, START_TIMEOUT_MS);
    const take = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (output.includes(SERVING)) { clearTimeout(timer); resolve(); }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void exited.then(() => { clearTimeout(timer); reject(new Error(`The stack has ended:\n${output}`)); });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.pid === undefined) return;
    process.kill(-child.pid, 'SIGINT');
    const timer = setTimeout(() => { process.kill(-(child.pid ?? 0), 'SIGKILL'); }, STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  };
  try {
    await serving;
  } catch (error) {
    await stop();
    throw error;
  }
  const { temporal, catalogUrl } = JSON.parse(readFileSync(join(workspace, '.tributary', 'stack.json'), 'utf8')) as StackFile;
  const bin = join(workspace, '.tributary', 'bin');
  mkdirSync(bin, { recursive: true });
  if (!existsSync(join(bin, 'temporal'))) symlinkSync((await findTemporal()).path, join(bin, 'temporal'));
  return {
    environment: {
      ...env,
      PATH: `${bin}:${env['PATH'] ?? ''}`,
      API: addressOf(output, 'API'),
      CATALOG: catalogUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ...apiKeyOf(output),
    },
    stop,
  };
}

/** An address that the start has printed. */
function addressOf(output: string, name: string): string {
  const address = new RegExp(`^${name}\\s+(http://\\S+)$`, 'm').exec(output)?.[1];
  if (address === undefined) throw new Error(`The start printed no address of ${name}:\n${output}`);
  return address;
}

function apiKeyOf(output: string): { TRIBUTARY_API_KEY?: string } {
  const key = /\btrib_[A-Za-z0-9_-]{43}\b/.exec(output)?.[0];
  return key === undefined ? {} : { TRIBUTARY_API_KEY: key };
}

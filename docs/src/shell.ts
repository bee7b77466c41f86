import { spawn } from 'node:child_process';

/** What a command has written to both of its outputs, and how it ended. */
export interface ShellResult {
  readonly output: string;
  readonly code: number | null;
  readonly timedOut: boolean;
}

export interface ShellOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Ends it by Ctrl-C as soon as the output holds this. */
  readonly until?: string;
}

const KILL_AFTER_MS = 20_000;

/** Runs bash code as somebody does who pastes it: by process group, so that Ctrl-C and the end reach all that it started. */
export function runShell(code: string, { cwd, env, timeoutMs, until }: ShellOptions): Promise<ShellResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', code], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    let timedOut = false;
    let ended: NodeJS.Timeout | undefined;
    const signal = (name: NodeJS.Signals): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {
        // It has ended in between.
      }
    };
    const end = (): void => {
      if (ended) return;
      signal('SIGINT');
      ended = setTimeout(() => { signal('SIGKILL'); }, KILL_AFTER_MS);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutMs);
    const take = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (until !== undefined && output.includes(until)) end();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', reject);
    child.once('close', (code_) => {
      clearTimeout(timer);
      clearTimeout(ended);
      resolve({ output, code: code_, timedOut });
    });
  });
}

import { spawn } from 'node:child_process';
import { forget, watch } from '../process/index.js';

const LINES_KEPT = 15;

/** Runs the `go` command for a build. */
export interface GoToolchain {
  /** Folder that is removed after the build, whatever comes of it. */
  readonly workFolder: string;
  /** Runs `go …args` and gives its standard output. @throws Error with the last lines of what it said */
  run(args: readonly string[], options?: { cwd?: string; env?: Readonly<Record<string, string>> }): Promise<string>;
}

/** A toolchain at `path`; `onLine` gets each line that it prints to standard error. Go's own caches stay where they are. */
export function goToolchain(path: string, workFolder: string, onLine: (line: string) => void): GoToolchain {
  return {
    workFolder,
    run: (args, options = {}) =>
      new Promise((resolve, reject) => {
        // Outside of any module, so that no go.mod or go.work around us has a say.
        const child = spawn(path, args, {
          // A group of its own, which the watchdog can end with its compilers.
          detached: true,
          cwd: options.cwd ?? workFolder,
          env: { ...process.env, GOWORK: 'off', ...options.env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const { pid } = child;
        if (pid !== undefined) watch(pid, 'SIGTERM');
        let output = '';
        let said: string[] = [];
        child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
        child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
          const lines = chunk.split('\n').filter((line) => line.trim() !== '');
          said = [...said, ...lines].slice(-LINES_KEPT);
          lines.forEach(onLine);
        });
        child.once('error', reject);
        child.once('close', (code, signal) => {
          if (pid !== undefined) forget(pid);
          if (code === 0) resolve(output);
          else reject(new Error(`go ${args[0] ?? ''} ended with ${signal ?? `code ${String(code)}`}: ${said.join('\n') || output.slice(-500)}`));
        });
      }),
  };
}

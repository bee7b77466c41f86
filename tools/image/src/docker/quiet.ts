import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dockerClient } from './engine.js';

const run = promisify(execFile);

/** Runs `docker …args` and gives what it prints; undefined when it fails or takes longer than `timeoutMs`. */
export async function ask(args: readonly string[], env: NodeJS.ProcessEnv, timeoutMs = 20_000): Promise<string | undefined> {
  try {
    const { stdout } = await run(dockerClient(env), [...args], { env, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 16 * 1024 * 1024 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

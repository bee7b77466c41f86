import { spawn } from 'node:child_process';
import { IMAGE_BUILD_FAILED, IMAGE_ENGINE_MISSING } from '../errors.js';

/** The Docker client: DOCKER, or `docker` on PATH. */
export function dockerClient(env: NodeJS.ProcessEnv): string {
  return env['DOCKER'] || 'docker';
}

/**
 * Runs `docker …args` and gives its standard output; what it says to standard error is passed on.
 * @throws IMAGE_ENGINE_MISSING when there is no client; IMAGE_BUILD_FAILED when it fails
 */
export async function docker(args: readonly string[], { env, show = false }: { env: NodeJS.ProcessEnv; show?: boolean }): Promise<string> {
  const client = dockerClient(env);
  const child = spawn(client, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (show) process.stdout.write(chunk);
  });
  const outcome = await new Promise<string | undefined>((resolve, reject) => {
    child.once('error', (error) => {
      reject(IMAGE_ENGINE_MISSING({ reason: `${client} cannot be run (${error.message})` }, { cause: error }));
    });
    child.once('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `code ${String(code)}`));
    });
  });
  if (outcome !== undefined) throw IMAGE_BUILD_FAILED({ command: [client, ...args.slice(0, 2)].join(' '), outcome });
  return output.trim();
}

/** @throws IMAGE_ENGINE_MISSING when no engine answers */
export async function requireEngine(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await docker(['version', '--format', '{{.Server.Version}}'], { env });
  } catch (error) {
    throw IMAGE_ENGINE_MISSING({ reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { lockFile } from '@tributary/dev/process';

const run = promisify(execFile);

/** A Python that has what was required, or why there is none. */
export type PythonEnvironment = { readonly python: string } | { readonly reason: string };

/** Why there is no Python that environments can be made with; undefined where there is one. */
export function whyNoPython(): string | undefined {
  try {
    execFileSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'skipped: needs python3 with venv in PATH';
  }
}

/**
 * Finds Python 3 and gives it the packages of a file of requirements, which names each of them with its version, in an
 * environment of its own, which is kept in the user's cache folder by the versions in it. Of several processes one makes
 * it, and the others wait.
 */
export async function pythonEnvironment(requirements: string, env: NodeJS.ProcessEnv = process.env): Promise<PythonEnvironment> {
  let version: string;
  try {
    ({ stdout: version } = await run('python3', ['-c', 'import ensurepip, sys, venv; print(sys.version)'], { env }));
  } catch (error) {
    return { reason: `No Python 3 with venv: ${firstLine(error)}` };
  }
  const key = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const folder = join(cacheFolder(env), key);
  const python = join(folder, 'bin/python');
  if (existsSync(python)) return { python };
  await mkdir(cacheFolder(env), { recursive: true });
  const lock = await lockFile(`${folder}.lock`);
  try {
    if (existsSync(python)) return { python };
    // Made under another name and moved, so that one that was cut short is never taken for a whole one.
    const making = `${folder}.${process.pid}`;
    await rm(making, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', making], { env });
    await run(
      join(making, 'bin/python'),
      ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check', '-r', requirements],
      { env },
    );
    await rename(making, folder);
    return { python };
  } catch (error) {
    return { reason: `${requirements} cannot be installed: ${firstLine(error)}` };
  } finally {
    lock.release();
  }
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.cache'), 'tributary', 'python');
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .trim()
    .split('\n')
    .slice(0, 3)
    .join(' ');
}

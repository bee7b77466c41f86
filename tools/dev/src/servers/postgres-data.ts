import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DEV_POSTGRES_DATA_IN_USE, DEV_PROCESS_FAILED } from '../errors.js';
import type { PostgresPrograms } from './postgres-package.js';
import { asPostgresUser } from './postgres-user.js';
import type { PostgresUser } from './postgres-user.js';

const run = promisify(execFile);
const PASSWORD_FILE = 'tributary-password';
const LEFTOVER_WAIT_MS = 10_000;

/**
 * Makes the data folder unless it is there, and gives the password of its superuser. Half-made folders of a killed
 * start have another name and are removed.
 */
export async function prepareData(dataDir: string, programs: PostgresPrograms, user: PostgresUser | undefined): Promise<string> {
  const parent = dirname(dataDir);
  await mkdir(parent, { recursive: true });
  await removeHalfMade(parent, basename(dataDir));
  if (await isEmpty(dataDir)) await initialise(dataDir, programs, user);
  return (await readFile(join(dataDir, PASSWORD_FILE), 'utf8')).trim();
}

/**
 * Removes the pid file that a killed server left, once its last backends are gone.
 * @throws DEV_POSTGRES_DATA_IN_USE when the server still runs
 */
export async function releaseData(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number(text.split('\n')[0]);
  if (await worksIn(pid, dataDir)) throw DEV_POSTGRES_DATA_IN_USE({ dataDir, pid });
  const deadline = Date.now() + LEFTOVER_WAIT_MS;
  for (let left = await workersOf(dataDir); left.length > 0 && Date.now() < deadline; left = await workersOf(dataDir)) await delay(20);
  await rm(pidFile, { force: true });
}

async function initialise(dataDir: string, programs: PostgresPrograms, user: PostgresUser | undefined): Promise<void> {
  const making = `${dataDir}.new-${String(process.pid)}`;
  const password = randomBytes(18).toString('base64url');
  await mkdir(making, { mode: 0o700 });
  const passwordFile = `${making}.password`;
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) await Promise.all([making, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    const args = [
      `--pgdata=${making}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
    ];
    const { command, args: words, ...as } = asPostgresUser(user, programs.initdb, args, [making]);
    await run(command, words, { ...as, env: { ...process.env, LC_ALL: 'C' } });
    await writeFile(join(making, PASSWORD_FILE), `${password}\n`, { mode: 0o600 });
    await rm(dataDir, { recursive: true, force: true });
    await rename(making, dataDir);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw initialisationError(error);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function initialisationError(error: unknown): Error {
  const { stderr, message } = error as { stderr?: string; message: string };
  return DEV_PROCESS_FAILED({
    name: 'initdb of PostgreSQL',
    reason: message.split('\n')[0] ?? message,
    tail: stderr?.trim() ?? '',
    logFile: 'the lines above',
  }, { cause: error });
}

async function removeHalfMade(parent: string, name: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const pid = entry.startsWith(`${name}.new-`) ? Number.parseInt(entry.slice(name.length + 5), 10) : NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    await rm(join(parent, entry), { recursive: true, force: true });
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => []);
  return entries.length === 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Every PostgreSQL process works in its data folder, which tells it from another that got the same pid. */
async function worksIn(pid: number, dataDir: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  return (await readlink(`/proc/${String(pid)}/cwd`).catch(() => '')) === dataDir;
}

async function workersOf(dataDir: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const working = await Promise.all(pids.map(async (pid) => ((await worksIn(pid, dataDir)) ? pid : 0)));
  return working.filter((pid) => pid > 0);
}

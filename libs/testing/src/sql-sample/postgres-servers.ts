import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startPostgres } from '@tributary/dev/servers';
import { Client } from 'pg';

/** A PostgreSQL that tests run on; the user `postgres` of `url` may do anything. */
export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server version that tests can have. */
export interface TestPostgresVersion {
  readonly name: string;
  start(): Promise<TestPostgres>;
}

const DEBIAN = '/usr/lib/postgresql';
const READY_TIMEOUT_MS = 30_000;

/** The embedded server, and each that the machine has installed in Debian's way. */
export function testPostgresVersions(): TestPostgresVersion[] {
  const installed = existsSync(DEBIAN) ? readdirSync(DEBIAN).filter((version) => existsSync(join(DEBIAN, version, 'bin', 'postgres'))) : [];
  return [
    { name: 'embedded PostgreSQL', start: () => startPostgres() },
    ...installed.map((version) => ({ name: `PostgreSQL ${version}`, start: () => startInstalled(join(DEBIAN, version, 'bin')) })),
  ];
}

async function startInstalled(programs: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-postgres-'));
  const user = process.getuid?.() === 0 ? ordinaryUser() : {};
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const initdb = spawnSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...user, cwd: folder });
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr.toString()}`);
  const [port = 0] = await freePorts(1);
  const settings = { port, unix_socket_directories: folder, listen_addresses: '127.0.0.1', fsync: 'off' };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...args], { ...user, cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  try {
    await untilReady(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): { uid?: number; gid?: number } {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout.toString() || NaN));
    if (uid !== undefined && gid !== undefined && !Number.isNaN(uid + gid)) return { uid, gid };
  }
  return {};
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

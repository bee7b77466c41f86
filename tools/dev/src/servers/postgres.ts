import { existsSync, realpathSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { ManagedProcess } from '../process/index.js';
import { withPorts } from './ports.js';
import { prepareData, releaseData } from './postgres-data.js';
import { postgresPrograms } from './postgres-package.js';
import { asPostgresUser, postgresUser } from './postgres-user.js';
import { makeScratch } from './scratch.js';
import type { StoppableServer } from './stoppable.js';

const HOST = '127.0.0.1';
const USER = 'postgres';
const DATABASE = 'postgres';
const READY_TIMEOUT_MS = 60_000;
/** PostgreSQL runs as another user when we are root, and must get through to its data folder. */
const OTHERS_PASS = 0o711;

export interface PostgresOptions {
  /** Kept between starts, made when missing. Without it: a temporary folder that goes with the server, and no fsync. */
  readonly dataDir?: string;
  /** @default a free one */
  readonly port?: number;
  /** @default postgres.log beside the data folder */
  readonly logFile?: string;
}

export interface PostgresServer extends StoppableServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Connection URL with the password in it. */
  readonly url: string;
  readonly dataDir: string;
}

/**
 * Starts the embedded PostgreSQL on the loopback interface, UTF-8 with C.UTF-8 order, and waits until it takes queries.
 * @throws DEV_PROCESS_FAILED, DEV_PROCESS_NOT_READY, DEV_PORT_TAKEN, DEV_POSTGRES_DATA_IN_USE, DEV_POSTGRES_UNSUPPORTED,
 * DEV_POSTGRES_USER
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  const user = postgresUser();
  const scratch = options.dataDir === undefined ? await makeScratch('postgres') : undefined;
  try {
    if (scratch) await chmod(scratch.path, OTHERS_PASS);
    const dataDir = await realFolder(scratch ? join(scratch.path, 'data') : resolve(options.dataDir ?? ''));
    const password = await prepareData(dataDir, programs, user);
    await releaseData(dataDir);
    const logFile = options.logFile ?? join(dirname(dataDir), 'postgres.log');
    const durable = scratch === undefined;
    return await withPorts('PostgreSQL', [options.port], async ([port = 0]) => {
      const args = settings(dataDir, port, { durable, statistics: existsSync(join(programs.libraries, moduleFile('pg_stat_statements'))) });
      const { command, args: words, ...as } = asPostgresUser(user, programs.postgres, args, [dataDir]);
      const child = await ManagedProcess.start({
        name: 'PostgreSQL',
        command,
        args: words,
        ...as,
        env: { ...process.env, LC_ALL: 'C' },
        logFile,
        // Fast shutdown: it ends sessions instead of waiting for them.
        stopSignal: 'SIGINT',
      });
      const place = { host: HOST, port, user: USER, password, database: DATABASE };
      try {
        await child.ready(() => answers(place), READY_TIMEOUT_MS);
      } catch (error) {
        await child.kill();
        throw error;
      }
      const end = async (how: 'stop' | 'kill'): Promise<void> => {
        await child[how]();
        await scratch?.remove();
      };
      const url = `postgres://${USER}:${encodeURIComponent(password)}@${HOST}:${String(port)}/${DATABASE}`;
      return { ...place, url, dataDir, pid: child.pid, logFile, exited: child.exited, stop: () => end('stop'), kill: () => end('kill') };
    });
  } catch (error) {
    await scratch?.remove();
    throw error;
  }
}

function settings(dataDir: string, port: number, { durable, statistics }: { durable: boolean; statistics: boolean }): string[] {
  const values: Record<string, string> = {
    listen_addresses: HOST,
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    log_min_duration_statement: '-1',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...(statistics ? { shared_preload_libraries: 'pg_stat_statements' } : {}),
  };
  return ['-D', dataDir, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function answers(place: { host: string; port: number; user: string; password: string; database: string }): Promise<boolean> {
  const client = new pg.Client({ ...place, connectionTimeoutMillis: 2_000, ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function moduleFile(name: string): string {
  return `${name}${process.platform === 'darwin' ? '.dylib' : process.platform === 'win32' ? '.dll' : '.so'}`;
}

/** PostgreSQL resolves links before it says where it works; so must we, to recognise its processes. */
async function realFolder(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  return join(realpathSync(dirname(path)), basename(path));
}

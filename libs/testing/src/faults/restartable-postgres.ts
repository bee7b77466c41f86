import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { Client } from 'pg';

const OTHERS_PASS = 0o711;

/** PostgreSQL that can be ended and started again with its data, on the same port. */
export interface RestartablePostgres extends PostgresServer {
  /** Ends it at once, as `pg_ctl stop -m immediate` does: sessions are cut off, and the next start recovers. */
  crash(): Promise<void>;
  /** Starts it again after a crash. */
  startAgain(): Promise<void>;
}

/** Starts a PostgreSQL whose data outlives crashes of its process; `stop` removes them. */
export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-postgres-'));
  await chmod(folder, OTHERS_PASS);
  const place = { dataDir: join(folder, 'data'), logFile: join(folder, 'postgres.log') };
  let server: PostgresServer;
  try {
    server = await startPostgres(place);
    await dispenseWithDisk(server.url);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const { host, port, user, password, database, url, dataDir, logFile } = server;
  return {
    ...{ host, port, user, password, database, url, dataDir, logFile },
    get pid() {
      return server.pid;
    },
    get exited() {
      return server.exited;
    },
    crash: async () => {
      process.kill(server.pid, 'SIGQUIT');
      await server.exited;
    },
    startAgain: async () => {
      server = await startPostgres({ ...place, port });
    },
    kill: () => server.kill(),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A process that crashes loses nothing that it has handed to the kernel: tests need not wait for the disk as well. */
async function dispenseWithDisk(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of ['fsync', 'full_page_writes']) await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { openPostgresCatalog, type CatalogConnectionOptions } from '@tributary/clients/sql';
import { Secret } from '@tributary/common';
import { catalogOptions, execute, readAll, urlOf, withSession } from './catalog-test-bed.js';
import { testPostgresVersions, type TestPostgres } from './postgres-servers.js';
import { installSample } from './sample.js';

const scope = { database: 'sample', filters: {} };

describe.each(testPostgresVersions())('session on $name', ({ start }) => {
  let server: TestPostgres;
  let url: string;

  beforeAll(async () => {
    server = await start();
    await execute(server.url, 'CREATE DATABASE sample');
    url = urlOf(server.url, { database: 'sample' });
    await installSample(url);
  }, 60_000);
  afterAll(() => server.stop());

  const activity = (columns: string): Promise<{ pid: number; [column: string]: unknown }[]> =>
    execute(url, `SELECT pid, ${columns} FROM pg_stat_activity WHERE application_name = 'tributary test'`);
  const options = (changes: Partial<CatalogConnectionOptions> = {}): CatalogConnectionOptions => catalogOptions(url, changes);
  const failure = (changes: Partial<CatalogConnectionOptions>): Promise<Error & { code: string; fix: string }> =>
    openPostgresCatalog(options(changes)).then(
      () => Promise.reject(new Error('signed in')),
      (error: Error & { code: string; fix: string }) => error,
    );

  it('holds one read-only snapshot, with pg_catalog alone in the search path', async () => {
    await withSession(options(), async (session) => {
      const [, version] = /^(\d+)\./.exec(session.serverVersion) ?? [];
      expect(Number(version)).toBeGreaterThanOrEqual(12);
      const before = await session.count('relation', scope);
      await execute(url, 'CREATE TABLE sales.created_meanwhile (a integer)');
      expect(await session.count('relation', scope)).toBe(before);
      expect(await activity('state')).toEqual([{ pid: expect.any(Number) as number, state: 'idle in transaction' }]);
      await execute(url, 'DROP TABLE sales.created_meanwhile');
    });
    expect(await activity('state')).toEqual([]);
  });

  it('knows that the database does not exist', async () => {
    expect(await failure({ database: 'Nowhere' })).toMatchObject({ code: 'SQL_DATABASE_UNKNOWN', recovery: 'fatal', message: expect.stringContaining('"Nowhere"') as string });
  });

  it('names the GRANT when the role may not connect', async () => {
    await execute(url, `CREATE ROLE outsider LOGIN PASSWORD 'out'; REVOKE CONNECT ON DATABASE sample FROM PUBLIC`);
    try {
      expect(await failure({ user: 'outsider', password: new Secret('out') })).toMatchObject({
        code: 'SQL_PERMISSION_DENIED',
        fix: 'Have an owner run: GRANT CONNECT ON DATABASE "sample" TO "outsider"',
      });
    } finally {
      await execute(url, `GRANT CONNECT ON DATABASE sample TO PUBLIC; DROP ROLE outsider`);
    }
  });

  it('retries while the server has no connection left', async () => {
    await execute(url, `CREATE ROLE busy LOGIN PASSWORD 'busy' CONNECTION LIMIT 0`);
    expect(await failure({ user: 'busy', password: new Secret('busy') })).toMatchObject({ code: 'SQL_TOO_MANY_CONNECTIONS', recovery: 'retry' });
  });

  it('insists on TLS where it is required', async () => {
    expect(await failure({ sslMode: 'require' })).toMatchObject({ code: 'SQL_TLS_UNSUPPORTED', recovery: 'fatal' });
  });

  it('ends a statement at its time-out', async () => {
    const session = await openPostgresCatalog(options({ statementTimeoutMs: 1 }));
    await expect(readAll(session, 'column', scope)).rejects.toMatchObject({ code: 'SQL_STATEMENT_TIMEOUT', recovery: 'retry' });
    await session.close();
  });

  it('counts only the time that the server works against the time-out, not that of a slow reader', async () => {
    await withSession(options({ statementTimeoutMs: 300 }), async (session) => {
      let read = 0;
      for await (const batch of session.read('column', scope, { batchSize: 500 })) {
        read += batch.length;
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      expect(read).toBe(await session.count('column', scope));
    });
  });

  it('has the scrubber know the password while it is open', async () => {
    const registered = new Set<unknown>();
    const password = new Secret('irrelevant where everybody is trusted');
    const scrubber = { add: (secret: unknown) => (registered.add(secret), () => void registered.delete(secret)) };
    const given = options().password ?? password;
    const session = await openPostgresCatalog(options({ password: given, scrubber }));
    expect([...registered]).toEqual([given]);
    await session.close();
    expect(registered.size).toBe(0);
  });

  it('tells cancelling by somebody else from a time-out', async () => {
    await withLock(url, 'sales.revenue', async () => {
      const session = await openPostgresCatalog(options());
      const counted = expect(readAll(session, 'relation', { ...scope, relationSizes: true })).rejects.toMatchObject({ code: 'SQL_STATEMENT_CANCELLED' });
      const pid = await waitingPid();
      await execute(url, 'SELECT pg_cancel_backend($1)', [pid]);
      await counted;
      await session.close();
    });
  });

  it('does not wait for ever for a lock', async () => {
    await withLock(url, 'sales.revenue', async () => {
      await withSession(options({ statementTimeoutMs: 400 }), (session) =>
        expect(readAll(session, 'relation', { ...scope, relationSizes: true })).rejects.toMatchObject({ code: 'SQL_LOCK_TIMEOUT', recovery: 'retry' }),
      );
    });
  });

  it('says that the connection was lost when it is killed in the middle of a read', async () => {
    const session = await openPostgresCatalog(options());
    const read = async (): Promise<void> => {
      for await (const _ of session.read('column', scope, { batchSize: 50 })) {
        for (const { pid } of await activity('state')) await execute(url, 'SELECT pg_terminate_backend($1)', [pid]);
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'SQL_CONNECTION_LOST', recovery: 'retry' });
    await expect(session.count('column', scope)).rejects.toMatchObject({ code: 'SQL_CONNECTION_LOST' });
    await session.close();
  });

  it('stops at the signal with its reason, and the server stops too', async () => {
    await withLock(url, 'sales.revenue', async () => {
      const controller = new AbortController();
      const session = await openPostgresCatalog(options({ signal: controller.signal }));
      const stopped = expect(readAll(session, 'relation', { ...scope, relationSizes: true })).rejects.toBe('enough');
      await waitingPid();
      controller.abort('enough');
      await stopped;
      await session.close();
      await until(async () => (await activity('state')).length === 0);
    });
  });

  it('goes on after a read was left early, and refuses a second call in the middle of one', async () => {
    await withSession(options(), async (session) => {
      for await (const batch of session.read('column', scope, { batchSize: 10 })) {
        expect(batch).toHaveLength(10);
        await expect(session.count('column', scope)).rejects.toThrow(/end or leave/);
        break;
      }
      expect(await session.count('schema', scope)).toBeGreaterThan(100);
    });
  });

  it('refuses the scope of another database', async () => {
    await withSession(options(), (session) =>
      expect(session.count('schema', { database: 'postgres', filters: {} })).rejects.toThrow('signed in to database "sample"'),
    );
  });

  it('keeps a wrong password out of the error, its cause and its stack, and forgets it', async () => {
    await execute(url, `CREATE ROLE guarded LOGIN PASSWORD 'right'`);
    const canary = `canary/${randomBytes(12).toString('base64')}`;
    const registered = new Set<unknown>();
    const scrubber = { add: (secret: unknown) => (registered.add(secret), () => void registered.delete(secret)) };
    const error = await wrongPassword(canary, { user: 'guarded', scrubber });
    expect(error).toMatchObject({ code: 'SQL_SIGN_IN_FAILED', recovery: 'fatal' });
    const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + String((error.cause as Error).stack);
    for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')]) expect(everything).not.toContain(form);
    expect(registered.size).toBe(0);
  });

  /** Servers that trust everybody cannot refuse a password: there, a server that repeats it in its refusal stands in. */
  async function wrongPassword(password: string, changes: Partial<CatalogConnectionOptions>): Promise<Error> {
    const [auth] = await execute<{ method: string }>(url, `SELECT auth_method AS method FROM pg_hba_file_rules WHERE type = 'host' ORDER BY line_number LIMIT 1`);
    if (auth?.method !== 'trust') return failure({ ...changes, password: new Secret(password) });
    const { port, close } = await serverThatRefuses(`password "${password}" is wrong`);
    try {
      return await failure({ ...changes, port, sslMode: 'disable', password: new Secret(password) });
    } finally {
      await close();
    }
  }

  async function waitingPid(): Promise<number> {
    let found: number | undefined;
    await until(async () => {
      found = (await activity('wait_event_type')).find(({ wait_event_type }) => wait_event_type === 'Lock')?.pid;
      return found !== undefined;
    });
    return found ?? 0;
  }
});

describe('no server', () => {
  const nowhere: CatalogConnectionOptions = { ...catalogOptions('postgres://somebody@127.0.0.1:1/db'), connectTimeoutMs: 300 };

  it('is unreachable where nothing listens', async () => {
    await expect(openPostgresCatalog(nowhere)).rejects.toMatchObject({ code: 'SQL_SOURCE_UNREACHABLE', recovery: 'retry', message: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('is unreachable where the name does not resolve', async () => {
    await expect(openPostgresCatalog({ ...nowhere, host: 'nowhere.invalid' })).rejects.toMatchObject({ code: 'SQL_SOURCE_UNREACHABLE' });
  });

  it('is unreachable where nobody answers in time', async () => {
    const { port, close } = await listen(() => undefined);
    await expect(openPostgresCatalog({ ...nowhere, port })).rejects.toMatchObject({ code: 'SQL_SOURCE_UNREACHABLE' });
    await close();
  });
});

/** Runs `work` while a transaction holds the strongest lock on a relation. */
async function withLock(url: string, relation: string, work: () => Promise<void>): Promise<void> {
  const { Client } = await import('pg');
  const holder = new Client({ connectionString: url });
  await holder.connect();
  try {
    await holder.query(`BEGIN; REFRESH MATERIALIZED VIEW ${relation}`);
    await work();
  } finally {
    await holder.end();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true in 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function serverThatRefuses(message: string): Promise<{ port: number; close(): Promise<void> }> {
  return listen((socket) => {
    socket.once('data', () => {
      const fields = Buffer.from(`SFATAL\0C28P01\0M${message}\0\0`);
      const header = Buffer.alloc(5);
      header.write('E');
      header.writeInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([header, fields]));
    });
  });
}

async function listen(onConnection: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const close = async (): Promise<void> => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: typeof address === 'object' && address ? address.port : 0, close };
}

import { createConnection, createServer, type Socket } from 'node:net';
import { openPostgresCatalog } from '@tributary/clients/sql';
import { startPostgres } from '@tributary/dev/servers';
import { CATALOG_KINDS, type CatalogKind, type CatalogRecord } from '@tributary/workflow-contracts/sql-metadata';
import { catalogOptions, execute, readAll, urlOf, withSession } from './catalog-test-bed.js';
import { testPostgresVersions, type TestPostgres } from './postgres-servers.js';

const filters = {};

describe.each(testPostgresVersions())('databases that are out of the ordinary, on $name', ({ start }) => {
  let server: TestPostgres;

  beforeAll(async () => {
    server = await start();
  }, 60_000);
  afterAll(() => server.stop());

  async function create(database: string, encoding = 'UTF8'): Promise<string> {
    const [found] = await execute<{ version: string }>(server.url, `SELECT current_setting('server_version_num') AS version`);
    const provider = Number(found?.version) >= 150000 ? 'LOCALE_PROVIDER libc' : '';
    await execute(server.url, `CREATE DATABASE "${database}" ENCODING '${encoding}' ${provider} LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`);
    return urlOf(server.url, { database });
  }
  const read = <K extends CatalogKind>(url: string, kind: K): Promise<CatalogRecord<K>[]> =>
    withSession(catalogOptions(url), (session) => readAll(session, kind, { database: catalogOptions(url).database, filters }));

  it('reads the same whatever settings the role signs in with', async () => {
    const url = await create('settings');
    await execute(
      url,
      `CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (price money DEFAULT 12.5, path text DEFAULT 'a\\b', due date DEFAULT '2020-01-02');
       CREATE SCHEMA evil; CREATE TYPE evil.int4 AS (a pg_catalog.int8); CREATE DOMAIN evil.text AS pg_catalog.text CHECK (VALUE = '');
       CREATE TYPE evil.regclass AS ENUM ('a'); CREATE TABLE evil.pg_class (oid oid)`,
    );
    const everything = (as: string): Promise<CatalogRecord[][]> =>
      withSession(catalogOptions(urlOf(url, { user: as, password: as })), async (session) => {
        const records: CatalogRecord[][] = [];
        for (const kind of CATALOG_KINDS) records.push(await readAll(session, kind, { database: 'settings', filters }));
        return records;
      });
    await execute(url, `CREATE ROLE plain LOGIN PASSWORD 'plain'; CREATE ROLE odd LOGIN PASSWORD 'odd'`);
    const settings = {
      search_path: 'evil, pg_catalog',
      standard_conforming_strings: 'off',
      client_encoding: 'LATIN1',
      datestyle: `'German, DMY'`,
      default_transaction_isolation: 'serializable',
      quote_all_identifiers: 'on',
      lock_timeout: '1',
      idle_in_transaction_session_timeout: '1',
    };
    for (const [name, value] of Object.entries(settings)) await execute(url, `ALTER ROLE odd SET ${name} = ${value}`);
    const expected = await everything('plain');
    expect(expected[CATALOG_KINDS.indexOf('schema')]).toMatchObject([{ name: 'public' }, { name: 'pgboss' }, { name: 'evil' }]);
    expect(await everything('odd')).toEqual(expected);
  });

  it('reads SQL_ASCII, where texts are of any bytes', async () => {
    const url = await create('any_bytes', 'SQL_ASCII');
    const bytes = (octal: string): string => `pg_catalog.convert_from('${octal}'::bytea, 'SQL_ASCII')`;
    await execute(
      url,
      `CREATE TABLE "zoë \\ 😀" (id integer PRIMARY KEY);
       DO $$ BEGIN EXECUTE 'CREATE TABLE "caf' || ${bytes('\\351')} || '" (a integer, "' || ${bytes('\\377')} || '" integer)';
         EXECUTE 'COMMENT ON TABLE "caf' || ${bytes('\\351')} || '" IS ''cr' || ${bytes('\\303\\250')} || 'me br' || ${bytes('\\373')} || 'l' || ${bytes('\\351')} || 'e''' ; END $$`,
    );
    expect(await read(url, 'relation')).toMatchObject([
      { name: 'zoë \\ 😀', columnCount: 1, hasIndexes: true },
      { name: 'caf\\xE9', comment: 'crème br\\xFBl\\xE9e', oid: expect.any(Number) as number, options: null },
    ]);
    expect(await read(url, 'column')).toMatchObject([{ name: 'id', position: 1, isPrimaryKey: true }, { name: 'a', position: 1 }, { name: '\\xFF', position: 2 }]);
    expect(await read(url, 'constraint')).toMatchObject([{ columns: ['id'] }]);
  });

  it('reads encodings other than UTF-8, below a name that they do not have', async () => {
    const url = await create('latin_é', 'LATIN1');
    await execute(url, `CREATE TABLE "café" (id integer); COMMENT ON TABLE "café" IS 'crème'`);
    expect(await read(url, 'database')).toMatchObject([{ database: 'latin_é', encoding: 'LATIN1' }]);
    expect(await read(url, 'relation')).toMatchObject([{ database: 'latin_é', name: 'café', comment: 'crème' }]);
    await withSession(catalogOptions(url), async (session) => {
      await expect(session.counts({ database: 'latin_é', filters: { include: [{ object: '😀*' }] } })).rejects.toMatchObject({ code: 'SQL_TEXT_UNCONVERTIBLE', recovery: 'fatal' });
    });
  });

  it.each(['EUC_JP', 'LATIN1', 'SQL_ASCII'])('lists the databases of the server in any encoding, from %s', async (encoding) => {
    const url = await create(`home ${encoding}`, encoding);
    const names = ['emoji 😀', `per%cent "quote" \\ ${encoding}`, 'é'.repeat(31)];
    for (const name of names) await execute(server.url, `CREATE DATABASE "${name.replaceAll('"', '""')}"`);
    await withSession(catalogOptions(url), async (session) => {
      expect(await session.databases({})).toEqual(expect.arrayContaining(names.map((name) => ({ name, connectable: true }))));
    });
    for (const name of names) await execute(server.url, `DROP DATABASE "${name.replaceAll('"', '""')}"`);
  });

  it('lists the template that it is signed in to, and no other', async () => {
    await withSession(catalogOptions(urlOf(server.url, { database: 'template1' })), async (session) => {
      const names = (await session.databases({})).map(({ name }) => name);
      expect(names).toContain('template1');
      expect(names).not.toContain('template0');
    });
  });

  it('says for good that a database takes no connections', async () => {
    await expect(openPostgresCatalog(catalogOptions(urlOf(server.url, { database: 'template0' })))).rejects.toMatchObject({ code: 'SQL_DATABASE_CLOSED', recovery: 'fatal' });
  });

  it('fetches fewer rows at a time where rows are big', async () => {
    const url = await create('bodies');
    await execute(url, `DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE FUNCTION f%s() RETURNS text LANGUAGE sql AS %L', i, 'SELECT ' || quote_literal(repeat('x', 100000))); END LOOP; END $$`);
    await withSession(catalogOptions(url), async (session) => {
      const batches: number[] = [];
      for await (const batch of session.read('routine', { database: 'bodies', filters }, { batchSize: 3_000 })) batches.push(batch.length);
      expect(batches.reduce((total, rows) => total + rows, 0)).toBe(300);
      expect(Math.max(...batches)).toBeLessThanOrEqual(50);
    });
  });
});

it('gives up a server that stops answering in the middle of a read', async () => {
  const server = await startPostgres();
  const proxy = await silentProxy(server.host, server.port);
  const options = { host: '127.0.0.1', port: proxy.port, sslMode: 'disable', statementTimeoutMs: 100 } as const;
  const session = await openPostgresCatalog(catalogOptions(server.url, options));
  proxy.fallSilent();
  await expect(session.counts({ database: server.database, filters })).rejects.toMatchObject({
    code: 'SQL_CONNECTION_LOST',
    recovery: 'retry',
    message: expect.stringContaining('no answer within 5100 ms') as string,
  });
  await session.close();
  proxy.close();
  await server.stop();
}, 60_000);

/** Forwards to a server until it is told to forward nothing more; connections stay open. */
async function silentProxy(host: string, port: number): Promise<{ port: number; fallSilent(): void; close(): void }> {
  const sockets: Socket[] = [];
  const listener = createServer((client) => {
    const upstream = createConnection(port, host);
    sockets.push(client.on('error', () => undefined), upstream.on('error', () => undefined));
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    fallSilent: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      listener.close();
    },
  };
}

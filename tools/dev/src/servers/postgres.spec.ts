import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startPostgres } from './postgres.js';
import { assertFitPath } from './postgres-package.js';

jest.setTimeout(60_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postgres-spec-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function query(url: string, text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text, rowMode: 'array' });
    return rows.flat().map(String);
  } finally {
    await client.end();
  }
}

const setting = async (url: string, name: string): Promise<string | undefined> =>
  (await query(url, `SELECT setting FROM pg_settings WHERE name = '${name}'`))[0];

it('serves UTF-8 from a temporary folder that goes with it', async () => {
  const server = await startPostgres();
  await expect(query(server.url, 'SHOW server_encoding')).resolves.toEqual(['UTF8']);
  await expect(query(server.url, 'SELECT datlocale FROM pg_database WHERE datname = current_database()')).resolves.toEqual(['C.UTF-8']);
  await expect(setting(server.url, 'fsync')).resolves.toBe('off');
  await expect(query(server.url, "SELECT count(*) > 0 FROM pg_available_extensions WHERE name = 'pg_stat_statements'")).resolves.toEqual(['true']);
  await server.stop();
  expect(existsSync(dirname(server.dataDir))).toBe(false);
});

it('keeps data, password and port over a kill and a stop', async () => {
  const dataDir = join(folder, 'data');
  const first = await startPostgres({ dataDir });
  await expect(setting(first.url, 'fsync')).resolves.toBe('on');
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.kill();
  expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(true);
  const second = await startPostgres({ dataDir, port: first.port });
  expect(second.url).toBe(first.url);
  await expect(query(second.url, 'SELECT answer FROM kept')).resolves.toEqual(['42']);
  await second.stop();
  expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false);
});

it('starts on a data folder whose pid file names a process that is none of its', async () => {
  const dataDir = join(folder, 'data');
  await (await startPostgres({ dataDir })).stop();
  await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
  const server = await startPostgres({ dataDir });
  await expect(query(server.url, 'SELECT 1')).resolves.toEqual(['1']);
  await server.stop();
});

it('refuses a data folder that another server uses', async () => {
  const dataDir = join(folder, 'data');
  const server = await startPostgres({ dataDir });
  await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'DEV_POSTGRES_DATA_IN_USE', parameters: { pid: server.pid } });
  await server.stop();
});

it('removes the half-made folder of a start that was killed', async () => {
  await mkdir(join(folder, 'data.new-4194305', 'base'), { recursive: true });
  const server = await startPostgres({ dataDir: join(folder, 'data') });
  await server.stop();
  expect((await readdir(folder)).filter((name) => name.startsWith('data.'))).toEqual([]);
});

it('works below a folder that only we may enter', async () => {
  await chmod(folder, 0o700);
  const server = await startPostgres({ dataDir: join(folder, 'data'), logFile: join(folder, 'server.log') });
  await expect(query(server.url, 'SELECT 1')).resolves.toEqual(['1']);
  await server.stop();
  await expect(readFile(join(folder, 'server.log'), 'utf8')).resolves.toContain('ready to accept connections');
});

it('says which port is taken', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  await expect(startPostgres({ port })).rejects.toMatchObject({ code: 'DEV_PORT_TAKEN', parameters: { name: 'PostgreSQL', port } });
  blocker.close();
});

it.each(['"', '$', '`', '\\'])('says that it cannot run from a path with %s', (character) => {
  expect(() => { assertFitPath(`/home/me/a${character}b`); }).toThrow(expect.objectContaining({ code: 'DEV_POSTGRES_PATH' }) as Error);
});

it('runs from a path with spaces, other quotes and letters of any script', () => {
  expect(() => { assertFitPath("/home/me/my own/it's für Łódź"); }).not.toThrow();
});

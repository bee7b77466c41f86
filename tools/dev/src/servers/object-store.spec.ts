import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startObjectStore } from './object-store.js';

// A server that is not in the cache yet is built.
jest.setTimeout(600_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'object-store-spec-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('serves its buckets to whoever has its keys, and goes with its folder', async () => {
  const server = await startObjectStore({ buckets: ['orders'] });
  const answer = await fetch(`${server.endpoint}/orders`);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  const other = await startObjectStore();
  expect(other.keys).not.toEqual(server.keys);
  await other.stop();
  await server.stop();
  await expect(fetch(server.endpoint)).rejects.toThrow('fetch failed');
  expect(existsSync(dirname(server.logFile))).toBe(false);
});

it('comes back on its folder and port after a kill', async () => {
  const keys = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const first = await startObjectStore({ dataDir: folder, buckets: ['orders'], keys });
  await first.kill();
  const second = await startObjectStore({ dataDir: folder, port: first.port, keys });
  expect([second.endpoint, second.keys]).toEqual([first.endpoint, keys]);
  expect(await readdir(join(folder, 'objects'))).toContain('orders');
  await expect(startObjectStore({ port: first.port })).rejects.toMatchObject({ code: 'DEV_PORT_TAKEN' });
  await second.stop();
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFile, tryLock } from './file-lock.js';
import { identify } from './identity.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'deep', 'lock');
});

afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

it('is held by one at a time, and leaves nothing behind', async () => {
  const first = await lockFile(path);
  expect(tryLock(path)).toEqual({ holder: process.pid });
  const waits: number[] = [];
  const second = lockFile(path, (holder) => waits.push(holder));
  first.release();
  (await second).release();
  expect(waits).toEqual([process.pid]);
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
});

it.each([
  ['a process that has ended', { pid: 2 ** 22 + 1, startTime: '1', host: hostname(), token: 'x' }],
  ['another process with a pid that is used again', { pid: process.pid, startTime: 'long ago', host: hostname(), token: 'x' }],
])('is taken over from %s', async (_who, holder) => {
  (await lockFile(path)).release();
  writeFileSync(path, JSON.stringify(holder));
  expect(tryLock(path)).toHaveProperty('lock');
});

it('is taken over when its content is damaged', async () => {
  (await lockFile(path)).release();
  writeFileSync(path, '{"pid":');
  expect(tryLock(path)).toHaveProperty('lock');
});

it('stays with a holder on another machine', async () => {
  (await lockFile(path)).release();
  writeFileSync(path, JSON.stringify({ ...identify(process.pid), host: `not-${hostname()}`, token: 'x' }));
  expect(tryLock(path)).toEqual({ holder: process.pid });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedFileError } from './file-errors.js';
import { FileObjectStore } from './index.js';
import { STAGING_SEGMENT } from './object-key.js';

let root: string;
let store: FileObjectStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tributary-files-'));
  store = new FileObjectStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function keys(prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found;
}

const staged = (): Promise<string[]> => readdir(join(root, STAGING_SEGMENT));

describe('FileObjectStore', () => {
  it('leaves no staged file behind, whether a put succeeds or fails', async () => {
    await store.put('a/b', Buffer.from('x'));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('broken');
    }
    await expect(store.put('a/c', broken())).rejects.toThrow('broken');
    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'OBJECT_KEY_CONFLICT' });
    expect(await staged()).toEqual([]);
    expect(await readdir(join(root, 'a'))).toEqual(['b']);
  });

  it('makes no folder for an object that was not stored', async () => {
    await expect(store.put('new/folder/object', Buffer.from('x'), { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.reject(new Error('broken'));
    }
    await expect(store.put('new/folder/object', broken())).rejects.toThrow('broken');
    expect(await readdir(root)).toEqual([STAGING_SEGMENT]);
  });

  it('lists nothing where the folder does not exist', async () => {
    store = new FileObjectStore(join(root, 'nowhere'));
    expect(await keys()).toEqual([]);
    expect(await store.stat('a')).toBeUndefined();
    expect(await store.removeLeftovers(0)).toBe(0);
  });

  it('follows no link out of its folder when it lists', async () => {
    await store.put('kept/object', Buffer.from('x'));
    await symlink(tmpdir(), join(root, 'kept', 'link'));
    expect(await keys()).toEqual(['kept/object']);
  });

  it('reads the object it opened, although another replaces it meanwhile', async () => {
    const first = Buffer.alloc(600_000, 1);
    await store.put('replaced', first);
    const chunks: Uint8Array[] = [];
    for await (const chunk of store.get('replaced')) {
      if (chunks.length === 0) await store.put('replaced', Buffer.alloc(10, 2));
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).equals(first)).toBe(true);
  });

  it('reads a large object with little memory', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 7);
    async function* many(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 200; index += 1) yield await Promise.resolve(chunk);
    }
    const { bytes } = await store.put('huge', many());
    let largest = 0;
    let total = 0;
    for await (const part of store.get('huge')) {
      largest = Math.max(largest, part.length);
      total += part.length;
    }
    expect([bytes, total]).toEqual([200 * chunk.length, 200 * chunk.length]);
    expect(largest).toBeLessThanOrEqual(256 * 1024);
  });
});

describe('what a killed writer leaves', () => {
  it('is not listed, and is removed once it is idle', async () => {
    const script = `
      const { mkdirSync, writeFileSync } = require('node:fs');
      mkdirSync(process.argv[1], { recursive: true });
      writeFileSync(process.argv[1] + '/left.part', 'half');
      process.stdout.write('written');
      setInterval(() => {}, 1000);`;
    const writer = spawn(process.execPath, ['-e', script, join(root, STAGING_SEGMENT)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    writer.kill('SIGKILL');
    await once(writer, 'exit');

    expect(await keys()).toEqual([]);
    expect(await store.removeLeftovers(60_000)).toBe(0);
    expect(await staged()).toEqual(['left.part']);
    const old = new Date(Date.now() - 120_000);
    await utimes(join(root, STAGING_SEGMENT, 'left.part'), old, old);
    expect(await store.removeLeftovers(60_000)).toBe(1);
    expect(await staged()).toEqual([]);
  });

  it('does not include what a living writer is writing', async () => {
    let removed = -1;
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first ');
      removed = await store.removeLeftovers(60_000);
      yield Buffer.from('second');
    }
    await store.put('alive', slow());
    expect(removed).toBe(0);
    expect((await stat(join(root, 'alive'))).size).toBe(12);
  });
});

describe('errors of the file system', () => {
  it('a full disk is told from all others, and is tried again', async () => {
    const full = await open('/dev/full', 'w');
    const error: unknown = await full.write('x').then(() => undefined, (reason: unknown) => reason);
    await full.close();
    expect(namedFileError(error, 'The store', 'key')).toMatchObject({
      code: 'OBJECT_STORE_FULL',
      recovery: 'retry',
      message: 'The store has no room left for object "key" (ENOSPC).',
    });
  });

  it.each([
    ['EDQUOT', 'OBJECT_STORE_FULL'],
    ['EACCES', 'OBJECT_STORE_FORBIDDEN'],
    ['EROFS', 'OBJECT_STORE_FORBIDDEN'],
    ['EIO', 'OBJECT_STORE_UNAVAILABLE'],
    ['ESTALE', 'OBJECT_STORE_UNAVAILABLE'],
  ])('%s is %s', (code, expected) => {
    expect(namedFileError(Object.assign(new Error(code), { code, syscall: 'write' }), 'store', 'key')).toMatchObject({ code: expected });
  });

  it('leaves what is no error of the file system as it is', () => {
    const error = new Error('of the body');
    expect(namedFileError(error, 'store', 'key')).toBe(error);
  });

  it('names a root that is a file', async () => {
    await writeFile(join(root, 'file'), '');
    store = new FileObjectStore(join(root, 'file'));
    await expect(store.put('key', Buffer.from('x'))).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', message: expect.stringContaining('its folder is a file') as string });
    expect(await keys()).toEqual([]);
  });
});

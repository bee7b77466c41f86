import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findVersitygw } from '@tributary/dev/binaries';
import { startObjectStore, type ObjectStoreServer } from '@tributary/dev/servers';
import type { SecretRef } from '@tributary/common';
import { MemoryObjectStore, MemorySecretStore, type MemorySecrets } from '../../memory/index.js';
import type { ObjectStore, SecretStore } from '../../ports.js';
import { openObjectStore } from '../index.js';

const run = promisify(execFile);
// A server that is not in the cache yet is built.
const START_MS = 600_000;
const WORKSPACE = join(__dirname, '../../../../..');
const MEGABYTE = Buffer.alloc(1024 * 1024, 7);
const CREDENTIALS = 'secret://local/s3';

async function* megabytes(count: number, at?: number, then?: () => Promise<unknown>): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index += 1) {
    if (index === at) await then?.();
    yield MEGABYTE;
  }
}

function open(server: Pick<ObjectStoreServer, 'endpoint'>, secrets: SecretStore, bucket = 'faults'): ObjectStore {
  const dapr = { objectStore: () => new MemoryObjectStore(), secrets };
  return openObjectStore(`s3://${bucket}/below`, { dapr, s3: { s3Endpoint: server.endpoint, s3Credentials: CREDENTIALS } });
}

const secretsWith = (keys: Record<string, string>): MemorySecretStore => new MemorySecretStore({ local: { s3: keys } });

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

/** Files that hold parts of uploads. */
async function partsIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.parentPath.includes('/.sgwtmp/multipart/')).map(({ name }) => name);
}

let folder: string;
let server: ObjectStoreServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-s3-faults-'));
  server = await startObjectStore({ dataDir: folder, buckets: ['faults', 'large'] });
}, START_MS);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a server that is killed within an upload', () => {
  it('shows nothing of it afterwards, and the next attempt succeeds', async () => {
    const store = open(server, secretsWith({ ...server.keys }));
    const { port, keys } = server;
    const killed = store.put('killed/object', megabytes(40, 30, () => server.kill()));
    await expect(killed).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', recovery: 'retry' });
    server = await startObjectStore({ dataDir: folder, buckets: ['faults'], port, keys });
    expect(await store.stat('killed/object')).toBeUndefined();
    expect(await keysOf(store)).toEqual([]);
    expect((await store.put('killed/object', megabytes(40))).bytes).toBe(40 * MEGABYTE.length);
    expect(await store.stat('killed/object')).toMatchObject({ bytes: 40 * MEGABYTE.length });
    await store.delete('killed/object');
  }, 60_000);
});

describe('a body that breaks within an upload', () => {
  it('leaves no parts on the server', async () => {
    const before = await partsIn(folder);
    const store = open(server, secretsWith({ ...server.keys }));
    let within: string[] = [];
    const broken = megabytes(40, 30, async () => {
      within = await partsIn(folder);
      throw new Error('broken');
    });
    await expect(store.put('broken/object', broken)).rejects.toThrow('broken');
    expect(within.length).toBeGreaterThan(before.length);
    expect(await partsIn(folder)).toEqual(before);
    expect(await keysOf(store)).toEqual([]);
  });
});

describe('keys', () => {
  /** Counts how often the secret is read. */
  function counted(secrets: MemorySecrets): { secrets: SecretStore; reads: () => number } {
    const inner = new MemorySecretStore(secrets);
    let reads = 0;
    const resolve = (ref: SecretRef) => {
      if (ref.endsWith('#secretAccessKey')) reads += 1;
      return inner.resolve(ref);
    };
    return { secrets: { resolve }, reads: () => reads };
  }

  it('that are wrong are read once more, and then told without their value', async () => {
    const wrong = { ...server.keys, secretAccessKey: 'canary-of-a-wrong-key' };
    const { secrets, reads } = counted({ local: { s3: wrong } });
    const store = open(server, secrets);
    for (const work of [() => store.put('a/b', MEGABYTE), () => store.stat('a/b'), () => keysOf(store), () => store.delete('a/b')]) {
      const error = await work().then(() => undefined, (reason: unknown) => reason as Error);
      expect(error).toMatchObject({ code: 'OBJECT_STORE_FORBIDDEN', recovery: 'fatal' });
      expect(error?.message).not.toMatch(new RegExp(`${wrong.secretAccessKey}|${wrong.accessKeyId}`));
    }
    // At first, and once for each refused request, of which a put sends two side by side.
    expect(reads()).toBeLessThanOrEqual(6);
  });

  it('that are changed at the server are taken up at the first refusal', async () => {
    const held = { local: { s3: { ...server.keys } as Record<string, string> } };
    held.local.s3['secretAccessKey'] = 'of yesterday';
    const store = open(server, new MemorySecretStore(held));
    await expect(store.stat('a/b')).rejects.toMatchObject({ code: 'OBJECT_STORE_FORBIDDEN' });
    held.local.s3['secretAccessKey'] = server.keys.secretAccessKey;
    expect(await store.stat('a/b')).toBeUndefined();
  });

  it('that one caller no longer waits for are there for the others', async () => {
    const inner = secretsWith({ ...server.keys });
    let give = (): void => undefined;
    const given = new Promise<void>((resolve) => (give = resolve));
    const store = open(server, { resolve: async (ref, options) => { await given; options?.signal?.throwIfAborted(); return inner.resolve(ref); } });
    const impatient = new AbortController();
    const [first, second] = [store.stat('a/b', { signal: impatient.signal }), store.stat('a/b')];
    impatient.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    give();
    expect(await second).toBeUndefined();
  });

  it('that are not in the secret are named', async () => {
    const store = open(server, secretsWith({ accessKeyId: server.keys.accessKeyId }));
    await expect(store.stat('a/b')).rejects.toMatchObject({ code: 'SECRET_NOT_FOUND' });
  });
});

it('a bucket that is not there is told as such, by each operation', async () => {
  const store = open(server, secretsWith({ ...server.keys }), 'nowhere');
  const missing = { code: 'OBJECT_STORE_BUCKET_MISSING', recovery: 'fatal' };
  await expect(store.stat('a')).rejects.toMatchObject(missing);
  await expect(store.put('a', MEGABYTE)).rejects.toMatchObject(missing);
  await expect(keysOf(store)).rejects.toMatchObject(missing);
  await expect(store.delete('a')).rejects.toMatchObject(missing);
  await expect((async () => { for await (const _ of store.get('a')); })()).rejects.toMatchObject(missing);
});

it('an address where nobody listens is told as such', async () => {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  await new Promise((resolve) => listener.close(resolve));
  const store = open({ endpoint: `http://127.0.0.1:${port}` }, secretsWith({ ...server.keys }));
  await expect(store.stat('a')).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', message: expect.stringContaining('ECONNREFUSED') as string });
});

const canMount = (() => {
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

// A file system of its own needs namespaces of Linux, which some sandboxes do not allow.
(canMount ? describe : describe.skip)('a store whose disk is full', () => {
  let full: ObjectStoreServer;
  let scripts: string;
  beforeAll(async () => {
    scripts = await mkdtemp(join(tmpdir(), 'tributary-s3-full-'));
    const program = join(scripts, 'on-a-small-disk');
    const { path } = await findVersitygw();
    const inside = 'for folder; do :; done; mount -t tmpfs -o size=32m tmpfs "$folder" && mkdir "$folder/faults" && exec "$0" "$@"';
    await writeFile(program, `#!/bin/sh\nexec unshare -rm sh -c '${inside}' '${path}' "$@"\n`);
    await chmod(program, 0o700);
    full = await startObjectStore({ binary: program });
  }, START_MS);
  afterAll(async () => {
    await full?.stop();
    await rm(scripts, { recursive: true, force: true });
  });

  it('says so, shows nothing of the object, and has room again for a smaller one', async () => {
    const store = open(full, secretsWith({ ...full.keys }));
    await expect(store.put('large/object', megabytes(100))).rejects.toMatchObject({ code: 'OBJECT_STORE_FULL', recovery: 'retry' });
    expect(await keysOf(store)).toEqual([]);
    await store.put('small/object', megabytes(10));
    expect(await store.stat('small/object')).toMatchObject({ bytes: 10 * MEGABYTE.length });
  }, 60_000);
});

it('streams 512 MB both ways in little memory', async () => {
  const program = ['--conditions=@tributary/source', '--import', 'tsx', join(__dirname, 'testdata/stream-large.ts')];
  const env = {
    ...process.env,
    ENDPOINT: server.endpoint,
    MEGABYTES: '512',
    AWS_ACCESS_KEY_ID: server.keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.keys.secretAccessKey,
  };
  const { stdout } = await run(process.execPath, program, { cwd: WORKSPACE, env });
  const { bytes, growth } = JSON.parse(stdout) as { bytes: number; growth: number };
  expect(bytes).toBe(512 * MEGABYTE.length);
  expect(growth).toBeLessThan(96 * MEGABYTE.length);
}, 120_000);

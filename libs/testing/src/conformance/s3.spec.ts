import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { ObjectStore } from '@tributary/clients';
import { MemoryObjectStore, MemorySecretStore } from '@tributary/clients/memory';
import { openObjectStore } from '@tributary/clients/object-store';
import { type ObjectStoreServer, startObjectStore } from '@tributary/dev/servers';
import { describeObjectStore } from './index.js';

// A server that is not in the cache yet is built.
const START_MS = 600_000;
const BUCKET = 'conformance';
let folder: string;
let server: ObjectStoreServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-s3-'));
  server = await startObjectStore({ dataDir: folder, buckets: [BUCKET, `${BUCKET}-2`] });
}, START_MS);

afterAll(async () => {
  await server?.stop();
  // What failed or was aborted during the suite must have left no parts of uploads.
  const left = (await readdir(join(folder, 'objects'), { recursive: true })).filter((path) => path.includes('/.sgwtmp/multipart/'));
  await rm(folder, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`Left of uploads: ${left.join(', ')}`);
}, START_MS);

// More than two parts of an upload.
const capabilities = { largeBytes: 17 * 1024 * 1024 };
describeObjectStore('s3, a whole bucket', () => Promise.resolve({ subject: open(`s3://${BUCKET}`) }), capabilities);
describeObjectStore('s3, below a prefix', () => Promise.resolve({ subject: open(`s3://${BUCKET}-2/with%20space/%C3%A9`) }), capabilities);

function open(url: string): ObjectStore {
  const secrets = new MemorySecretStore({ local: { s3: { ...server.keys } } });
  const dapr = { objectStore: () => new MemoryObjectStore(), secrets };
  return openObjectStore(url, { dapr, s3: { s3Endpoint: server.endpoint, s3Credentials: 'secret://local/s3' } });
}

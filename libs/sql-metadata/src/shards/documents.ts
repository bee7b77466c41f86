import { createHash } from 'node:crypto';
import type { ObjectStore } from '@tributary/clients';
import type { ObjectRef } from '@tributary/common';
import { SQL_SHARD_DAMAGED } from '../errors.js';

/** Stores a JSON document and returns its reference. */
export async function writeDocument(store: ObjectStore, key: string, value: unknown, signal?: AbortSignal): Promise<ObjectRef> {
  const body = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  const { sha256, bytes } = await store.put(key, body, signal ? { signal } : {});
  return { uri: key, sha256, bytes, records: 1 };
}

/** Reads back a document. @throws CodedError SQL_SHARD_DAMAGED when it is not what the reference says. */
export async function readDocument<T>(store: ObjectStore, ref: ObjectRef, signal?: AbortSignal): Promise<T> {
  const body = await readAll(store, ref.uri, signal);
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (sha256 !== ref.sha256) throw SQL_SHARD_DAMAGED({ key: ref.uri, expected: ref.sha256, found: sha256 });
  return JSON.parse(body.toString('utf8')) as T;
}

/** Reads a JSON document by key alone. */
export async function readJson<T>(store: ObjectStore, key: string, signal?: AbortSignal): Promise<T> {
  return JSON.parse((await readAll(store, key, signal)).toString('utf8')) as T;
}

async function readAll(store: ObjectStore, key: string, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.get(key, signal ? { signal } : {})) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads an object through and compares size and hash with its reference. @throws CodedError SQL_SHARD_DAMAGED */
export async function verifyObject(store: ObjectStore, ref: ObjectRef, onChunk: () => void, signal?: AbortSignal): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of store.get(ref.uri, signal ? { signal } : {})) {
    hash.update(chunk);
    bytes += chunk.length;
    onChunk();
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== ref.sha256 || bytes !== ref.bytes) {
    throw SQL_SHARD_DAMAGED({ key: ref.uri, expected: `${ref.bytes} bytes, ${ref.sha256}`, found: `${bytes} bytes, ${sha256}` });
  }
}

import { Digest, chunksOf } from '../object-store/digest.js';
import { OBJECT_KEY_CONFLICT, OBJECT_NOT_FOUND } from '../object-store/errors.js';
import { assertKeyPrefix, assertObjectKey, assertRange, compareKeys } from '../object-store/object-key.js';
import type { CallOptions, ObjectInfo, ObjectStore, StoredObject } from '../ports.js';

/** Objects in memory, for tests. */
export class MemoryObjectStore implements ObjectStore {
  readonly #objects = new Map<string, Uint8Array>();

  async put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, { signal }: CallOptions = {}): Promise<StoredObject> {
    assertObjectKey(key);
    signal?.throwIfAborted();
    const digest = new Digest();
    const chunks: Uint8Array[] = [];
    for await (const chunk of chunksOf(body)) {
      signal?.throwIfAborted();
      digest.update(chunk);
      chunks.push(Uint8Array.from(chunk));
    }
    signal?.throwIfAborted();
    for (const other of this.#objects.keys()) {
      if (other.startsWith(`${key}/`) || key.startsWith(`${other}/`)) throw OBJECT_KEY_CONFLICT({ key });
    }
    this.#objects.set(key, new Uint8Array(Buffer.concat(chunks)));
    return { key, ...digest.finish() };
  }

   
  async *get(
    key: string,
    { signal, start, end }: CallOptions & { readonly start?: number; readonly end?: number } = {},
  ): AsyncGenerator<Uint8Array> {
    assertObjectKey(key);
    assertRange(start, end);
    signal?.throwIfAborted();
    const bytes = this.#objects.get(key);
    if (!bytes) throw OBJECT_NOT_FOUND({ key, store: 'memory' });
    const part = bytes.slice(start ?? 0, end === undefined ? undefined : end + 1);
    if (part.length > 0) yield part;
  }

   
  async stat(key: string, { signal }: CallOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key);
    signal?.throwIfAborted();
    const bytes = this.#objects.get(key);
    return bytes && { key, bytes: bytes.length };
  }

   
  async *list(prefix: string, { signal }: CallOptions = {}): AsyncGenerator<ObjectInfo> {
    assertKeyPrefix(prefix);
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
    for (const key of keys) {
      signal?.throwIfAborted();
      const bytes = this.#objects.get(key);
      if (bytes) yield { key, bytes: bytes.length };
    }
  }

   
  async delete(key: string, { signal }: CallOptions = {}): Promise<void> {
    assertObjectKey(key);
    signal?.throwIfAborted();
    this.#objects.delete(key);
  }
}

import { STATE_CONFLICT, STATE_VALUE_TOO_LARGE } from '../dapr/errors.js';
import { decodeState, encodeState } from '../dapr/state-envelope.js';
import { assertStateKey } from '../dapr/state-key.js';
import type { CallOptions, StateEntry, StateStore } from '../ports.js';

const MAX_VALUE_BYTES = 256 * 1024;

/** State in memory, for tests: values go through the same encoding as in a real store. */
export class MemoryStateStore implements StateStore {
  readonly #entries = new Map<string, { readonly bytes: Uint8Array; readonly etag: string }>();
  #version = 0;

   
  async get<T>(key: string, { signal }: CallOptions = {}): Promise<StateEntry<T> | undefined> {
    assertStateKey(key);
    signal?.throwIfAborted();
    const entry = this.#entries.get(key);
    return entry && { value: decodeState(entry.bytes) as T, etag: entry.etag };
  }

   
  async set(key: string, value: unknown, etag: string | null, { signal }: CallOptions = {}): Promise<void> {
    assertStateKey(key);
    const bytes = encodeState(key, value);
    if (bytes.length > MAX_VALUE_BYTES) throw STATE_VALUE_TOO_LARGE({ key, bytes: bytes.length, limit: MAX_VALUE_BYTES });
    signal?.throwIfAborted();
    this.#assertVersion(key, etag);
    this.#version += 1;
    this.#entries.set(key, { bytes, etag: String(this.#version) });
  }

   
  async delete(key: string, etag: string, { signal }: CallOptions = {}): Promise<void> {
    assertStateKey(key);
    signal?.throwIfAborted();
    this.#assertVersion(key, etag);
    this.#entries.delete(key);
  }

  #assertVersion(key: string, etag: string | null): void {
    if ((this.#entries.get(key)?.etag ?? null) === etag) return;
    throw STATE_CONFLICT({ key, expected: etag === null ? 'that it does not exist' : `version "${etag}"` });
  }
}

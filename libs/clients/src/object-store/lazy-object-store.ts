import type { CallOptions, ObjectInfo, ObjectStore, StoredObject } from '../ports.js';

/** A store whose code is loaded by the first call, so that who uses another one does not hold it in memory. */
export class LazyObjectStore implements ObjectStore {
  #loading: Promise<ObjectStore> | undefined;

  constructor(private readonly load: () => Promise<ObjectStore>) {}

  async put(...args: Parameters<ObjectStore['put']>): Promise<StoredObject> {
    return (await this.#store()).put(...args);
  }

  async *get(...args: Parameters<ObjectStore['get']>): AsyncGenerator<Uint8Array> {
    yield* (await this.#store()).get(...args);
  }

  async stat(key: string, options?: CallOptions): Promise<ObjectInfo | undefined> {
    return (await this.#store()).stat(key, options);
  }

  async *list(prefix: string, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    yield* (await this.#store()).list(prefix, options);
  }

  async delete(key: string, options?: CallOptions): Promise<void> {
    return (await this.#store()).delete(key, options);
  }

  #store(): Promise<ObjectStore> {
    return (this.#loading ??= this.load());
  }
}

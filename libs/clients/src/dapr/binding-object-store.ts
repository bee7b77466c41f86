import { randomUUID } from 'node:crypto';
import { Code, ConnectError } from '@connectrpc/connect';
import { chunksOf, Digest } from '../object-store/digest.js';
import { OBJECT_KEY_CONFLICT, OBJECT_NOT_FOUND, OBJECT_STORE_UNAVAILABLE, OBJECT_TOO_LARGE } from '../object-store/errors.js';
import { STAGING_SEGMENT, assertKeyPrefix, assertObjectKey, assertRange, compareKeys } from '../object-store/object-key.js';
import type { CallOptions, ObjectInfo, ObjectStore, StoredObject } from '../ports.js';
import { BINDING_UNKNOWN, BINDING_UNSUPPORTED } from './errors.js';
import { type SidecarChannel, reasonOf } from './sidecar-channel.js';

const SUPPORTED = ['bindings.localstorage'];
/**
 * The component decodes what happens to be base64, and stores anything else as it is: what is always base64 comes out as it
 * went in, at a third more of the message.
 */
const ENCODING = 'base64';
const ENCODED_SHARE = 3 / 4;
/** Room in a message for the key and what frames it. */
const OVERHEAD_BYTES = 8 * 1024;

/**
 * Objects through an output binding of the sidecar. Each travels whole, in one message, through the memory of both sides:
 * it is for small objects and for tests. How the component replaces an object is its own affair; bindings.localstorage
 * overwrites in place, so two processes must not write one key at once.
 */
export class BindingObjectStore implements ObjectStore {
  readonly #name: string;
  readonly #limit: number;
  #root: Promise<string> | undefined;
  /** Writes under way, by key. */
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly channel: SidecarChannel,
    readonly binding: string,
  ) {
    this.#name = `The object store dapr://${binding}`;
    this.#limit = Math.floor((channel.options.maxMessageBytes - OVERHEAD_BYTES) * ENCODED_SHARE);
  }

  async put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, options: CallOptions = {}): Promise<StoredObject> {
    assertObjectKey(key);
    const digest = new Digest();
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of chunksOf(body)) {
      options.signal?.throwIfAborted();
      bytes += chunk.byteLength;
      if (bytes > this.#limit) throw this.#tooLarge(key);
      digest.update(chunk);
      chunks.push(chunk);
    }
    await this.#inTurn(key, () => this.#invoke('create', key, options, encoded(chunks)));
    return { key, ...digest.finish() };
  }

  /** The component mixes the bytes of two that write one file at once: here they wait for each other. */
  async #inTurn(key: string, write: () => Promise<unknown>): Promise<void> {
    const before = this.#writing.get(key) ?? Promise.resolve();
    const mine = before.then(write);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#writing.set(key, settled);
    await mine.finally(() => {
      if (this.#writing.get(key) === settled) this.#writing.delete(key);
    });
  }

  async *get(
    key: string,
    options: CallOptions & { readonly start?: number; readonly end?: number } = {},
  ): AsyncGenerator<Uint8Array> {
    assertObjectKey(key);
    const { start = 0, end } = options;
    assertRange(start, end);
    const data = await this.#read(key, options);
    if (!data) throw OBJECT_NOT_FOUND({ key, store: this.#name });
    const part = data.subarray(start, end === undefined ? undefined : end + 1);
    if (part.length > 0) yield part;
  }

  async stat(key: string, options: CallOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key);
    const data = await this.#read(key, options);
    return data && { key, bytes: data.length };
  }

  async *list(prefix: string, options: CallOptions = {}): AsyncGenerator<ObjectInfo> {
    assertKeyPrefix(prefix);
    const root = await this.#rootPath(options);
    const folder = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')));
    const keys = (await this.#paths(folder, options)).map((path) => path.slice(root.length));
    const wanted = keys.filter((key) => key.startsWith(prefix) && !key.startsWith(`${STAGING_SEGMENT}/`)).sort(compareKeys);
    for (const key of wanted) {
      const found = await this.stat(key, options);
      if (found) yield found;
    }
  }

  async delete(key: string, options: CallOptions = {}): Promise<void> {
    assertObjectKey(key);
    await this.#unlessAbsent(this.#invoke('delete', key, options));
  }

  async #read(key: string, options: CallOptions): Promise<Uint8Array | undefined> {
    return this.#unlessAbsent(this.#invoke('get', key, options));
  }

  /** Paths of all files below a folder, as the component writes them: absolute. */
  async #paths(folder: string, options: CallOptions): Promise<string[]> {
    const data = await this.#unlessAbsent(this.#invoke('list', folder, options));
    return data && data.length > 0 ? (JSON.parse(Buffer.from(data).toString()) as string[] | null) ?? [] : [];
  }

  /** The folder that the component's paths begin with. It does not tell, so an object of known name shows it, once. */
  #rootPath(options: CallOptions): Promise<string> {
    this.#root ??= this.#findRoot(options).catch((error: unknown) => {
      this.#root = undefined;
      throw error;
    });
    return this.#root;
  }

  async #findRoot(options: CallOptions): Promise<string> {
    await this.#assertSupported(options);
    const marker = `${STAGING_SEGMENT}/${randomUUID()}`;
    await this.#invoke('create', marker, options, encoded([Buffer.from(marker)]));
    try {
      const path = (await this.#paths(STAGING_SEGMENT, options)).find((each) => each.endsWith(`/${marker}`));
      if (!path) throw OBJECT_STORE_UNAVAILABLE({ store: this.#name, key: marker, reason: 'it does not list what was stored' });
      return path.slice(0, -marker.length);
    } finally {
      await this.#unlessAbsent(this.#invoke('delete', marker, options));
    }
  }

  async #assertSupported(options: CallOptions): Promise<void> {
    const { registeredComponents } = await this.channel.call('reading metadata', (client, call) => client.getMetadata({}, call), options);
    const type = registeredComponents.find(({ name, type }) => name === this.binding && type.startsWith('bindings.'))?.type;
    if (!type) throw BINDING_UNKNOWN({ binding: this.binding });
    if (!SUPPORTED.includes(type)) throw BINDING_UNSUPPORTED({ binding: this.binding, type, supported: SUPPORTED });
  }

  async #invoke(operation: string, fileName: string, options: CallOptions, data: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
    const request = { name: this.binding, operation, data, metadata: fileName === '' ? {} : { fileName } };
    try {
      return (await this.channel.call(`binding ${operation}`, (client, call) => client.invokeBinding(request, call), options)).data;
    } catch (error) {
      throw error instanceof ConnectError ? this.#named(error, operation, fileName) : error;
    }
  }

  #named(error: ConnectError, operation: string, key: string): Error {
    const reason = reasonOf(error);
    const cause = { cause: error };
    if (error.code === Code.ResourceExhausted) return this.#tooLarge(key, cause);
    if (/couldn't find output binding/i.test(reason)) return BINDING_UNKNOWN({ binding: this.binding }, cause);
    if (/file not found|no such file|(not|is) a directory|directory not empty/i.test(reason)) {
      return operation === 'create' ? OBJECT_KEY_CONFLICT({ key }, cause) : OBJECT_NOT_FOUND({ key, store: this.#name }, cause);
    }
    return OBJECT_STORE_UNAVAILABLE({ store: this.#name, key, reason }, cause);
  }

  #tooLarge(key: string, options?: ErrorOptions): Error {
    return OBJECT_TOO_LARGE({ store: this.#name, key, limit: `${this.#limit} bytes in one message through the sidecar` }, options);
  }

  async #unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if ((error as { code?: unknown }).code === OBJECT_NOT_FOUND.code) return undefined;
      throw error;
    }
  }
}

function encoded(chunks: readonly Uint8Array[]): Uint8Array {
  return Buffer.from(Buffer.concat(chunks).toString(ENCODING));
}

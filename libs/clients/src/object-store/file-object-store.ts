import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CallOptions, ObjectInfo, ObjectStore, StoredObject } from '../ports.js';
import { Digest, chunksOf } from './digest.js';
import { OBJECT_KEY_CONFLICT, OBJECT_NOT_FOUND, OBJECT_STORE_UNAVAILABLE } from './errors.js';
import { isAbsent, namedFileError } from './file-errors.js';
import { STAGING_SEGMENT, assertKeyPrefix, assertObjectKey, assertRange } from './object-key.js';
import { walkFiles } from './walk-files.js';

const READ_BYTES = 256 * 1024;

/**
 * Objects as files below a folder. An object is written into the store's staging folder, synchronised, and renamed into
 * its place: a reader sees all of it or nothing, also after a crash.
 */
export class FileObjectStore implements ObjectStore {
  readonly #name: string;
  readonly #staging: string;

  constructor(readonly root: string) {
    this.#name = `The object store file://${root}`;
    this.#staging = join(root, STAGING_SEGMENT);
  }

  async put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, { signal }: CallOptions = {}): Promise<StoredObject> {
    assertObjectKey(key);
    signal?.throwIfAborted();
    const staged = join(this.#staging, `${randomUUID()}.part`);
    try {
      const file = await this.#openStaged(key, staged);
      const digest = new Digest();
      try {
        for await (const chunk of chunksOf(body)) {
          signal?.throwIfAborted();
          digest.update(chunk);
          await this.#guard(key, file.appendFile(chunk));
        }
        signal?.throwIfAborted();
        await this.#guard(key, file.sync());
      } finally {
        await file.close();
      }
      await this.#guard(key, publish(staged, join(this.root, key)));
      return { key, ...digest.finish() };
    } catch (error) {
      // What cannot be removed now is a leftover that no list shows; the error that counts is the first.
      await rm(staged, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async *get(
    key: string,
    { signal, start, end }: CallOptions & { readonly start?: number; readonly end?: number } = {},
  ): AsyncGenerator<Uint8Array> {
    assertObjectKey(key);
    assertRange(start, end);
    signal?.throwIfAborted();
    const file = await this.#openExisting(key);
    try {
      let position = start ?? 0;
      for (;;) {
        signal?.throwIfAborted();
        const wanted = Math.min(READ_BYTES, (end ?? Number.MAX_SAFE_INTEGER) - position + 1);
        if (wanted <= 0) return;
        const { bytesRead, buffer } = await this.#guard(key, file.read(new Uint8Array(wanted), 0, wanted, position));
        if (bytesRead === 0) return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }

  async stat(key: string, { signal }: CallOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key);
    signal?.throwIfAborted();
    try {
      const found = await stat(join(this.root, key));
      return found.isFile() ? { key, bytes: found.size } : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw namedFileError(error, this.#name, key);
    }
  }

  async *list(prefix: string, { signal }: CallOptions = {}): AsyncGenerator<ObjectInfo> {
    assertKeyPrefix(prefix);
    try {
      yield* walkFiles(this.root, prefix, signal);
    } catch (error) {
      throw namedFileError(error, this.#name, prefix);
    }
  }

  async delete(key: string, { signal }: CallOptions = {}): Promise<void> {
    assertObjectKey(key);
    signal?.throwIfAborted();
    const path = join(this.root, key);
    try {
      if ((await stat(path)).isFile()) await unlink(path);
    } catch (error) {
      if (!isAbsent(error)) throw namedFileError(error, this.#name, key);
    }
  }

  /**
   * Removes what writers left that were killed: staged files not written to for `idleMs`. Choose it longer than any
   * writer pauses between two chunks.
   * @returns how many were removed
   */
  async removeLeftovers(idleMs: number): Promise<number> {
    let removed = 0;
    const names = await readdir(this.#staging).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw namedFileError(error, this.#name, STAGING_SEGMENT);
    });
    for (const name of names) {
      const path = join(this.#staging, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs < idleMs) continue;
      await this.#guard(STAGING_SEGMENT, rm(path, { force: true }));
      removed += 1;
    }
    return removed;
  }

  async #openStaged(key: string, path: string): Promise<FileHandle> {
    try {
      await mkdir(this.#staging, { recursive: true });
      return await open(path, 'wx');
    } catch (error) {
      const named = namedFileError(error, this.#name, key);
      if ((named as { code?: unknown }).code !== OBJECT_KEY_CONFLICT.code) throw named;
      throw OBJECT_STORE_UNAVAILABLE({ store: this.#name, key, reason: 'its folder is a file' }, { cause: error });
    }
  }

  async #openExisting(key: string): Promise<FileHandle> {
    try {
      const file = await open(join(this.root, key), 'r');
      if ((await file.stat()).isFile()) return file;
      await file.close();
    } catch (error) {
      if (!isAbsent(error)) throw namedFileError(error, this.#name, key);
    }
    throw OBJECT_NOT_FOUND({ key, store: this.#name });
  }

  async #guard<T>(key: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw namedFileError(error, this.#name, key);
    }
  }
}

/** Moves a finished file into place and makes the move itself durable. */
async function publish(staged: string, target: string): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  await rename(staged, target);
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

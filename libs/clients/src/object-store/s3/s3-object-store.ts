import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import type { CallOptions, ObjectInfo, ObjectStore, StoredObject } from '../../ports.js';
import { Digest } from '../digest.js';
import { OBJECT_KEY_CONFLICT, OBJECT_KEY_INVALID, OBJECT_NOT_FOUND, OBJECT_STORE_UNAVAILABLE } from '../errors.js';
import { MAX_OBJECT_KEY_BYTES, assertKeyPrefix, assertObjectKey, assertRange } from '../object-key.js';
import { KnownFolders, foldersOf } from './known-folders.js';
import { uploadParts, type UploadTarget } from './multipart-upload.js';
import { partsOf } from './parts.js';
import { readBody } from './read-body.js';
import type { S3Address } from './s3-address.js';
import { S3Connection, type S3ConnectionOptions } from './s3-connection.js';
import { isAbsence, isPastTheEnd } from './s3-errors.js';

/** What a store is made of, besides its address. */
export type S3ObjectStoreOptions = Omit<S3ConnectionOptions, 'name'>;

/**
 * Objects of a bucket, by its S3 API. A small object is one request; a larger one is uploaded in parts, and is there once the
 * last request has named them all: a reader sees all of it or nothing. S3 itself has nothing against an object where a folder
 * of objects is. This looks for both before it makes one, which two writers that begin at once can get past.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #name: string;
  readonly #connection: S3Connection;
  readonly #folders = new KnownFolders();
  #isBucketSeen = false;

  constructor(
    readonly address: S3Address,
    private readonly options: S3ObjectStoreOptions,
  ) {
    const { s3Endpoint } = options.settings;
    this.#name = `The object store s3://${address.bucket}/${address.prefix}${s3Endpoint === undefined ? '' : ` at ${s3Endpoint}`}`;
    this.#connection = new S3Connection({ ...options, name: this.#name });
  }

  async put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, { signal }: CallOptions = {}): Promise<StoredObject> {
    const target = this.#encrypted(this.#target(key));
    signal?.throwIfAborted();
    const call = { key, signal };
    // Asked while the first part is filled.
    const isFree = this.#assertFree(key, signal);
    isFree.catch(() => undefined);
    const digest = new Digest();
    const parts = partsOf(body, { digest, signal });
    try {
      const head = await firstOf(parts, 2);
      await isFree;
      if (head.length < 2) {
        const [Body = Buffer.alloc(0)] = head;
        await this.#connection.send((client, abortSignal) => client.send(new PutObjectCommand({ ...target, Body }), { abortSignal }), call);
      } else {
        await uploadParts(this.#connection, this.#name, target, joined(head, parts), call);
      }
    } finally {
      await parts.return();
    }
    this.#folders.delete(key);
    return { key, ...digest.finish() };
  }

  async *get(
    key: string,
    { signal, start, end }: CallOptions & { readonly start?: number; readonly end?: number } = {},
  ): AsyncGenerator<Uint8Array> {
    const target = this.#target(key);
    assertRange(start, end);
    const Range = start === undefined && end === undefined ? undefined : `bytes=${start ?? 0}-${end ?? ''}`;
    const request = { ...target, ...(Range !== undefined && { Range }) };
    const body = await this.#connection.send(async (client, abortSignal) => {
      try {
        return (await client.send(new GetObjectCommand(request), { abortSignal })).Body as Readable | undefined;
      } catch (error) {
        if (isPastTheEnd(error)) return 'nothing';
        if (isAbsence(error)) return 'absent';
        throw error;
      }
    }, { key, signal });
    if (body === 'absent') {
      await this.#assertBucket(key, signal);
      throw OBJECT_NOT_FOUND({ key, store: this.#name });
    }
    if (body === 'nothing' || body === undefined) return;
    const unavailable = (reason: string): Error => OBJECT_STORE_UNAVAILABLE({ store: this.#name, key, reason });
    const { idleMs } = this.#connection.limits;
    try {
      yield* readBody(body, idleMs, () => unavailable(`it sent nothing for ${idleMs / 1_000} s`));
    } catch (error) {
      signal?.throwIfAborted();
      throw (error as { code?: unknown }).code === OBJECT_STORE_UNAVAILABLE.code ? error : unavailable(`the connection ended within the object (${String((error as { code?: unknown }).code)})`);
    }
  }

  async stat(key: string, { signal }: CallOptions = {}): Promise<ObjectInfo | undefined> {
    const target = this.#target(key);
    const found = await this.#connection.send(async (client, abortSignal) => {
      try {
        return await client.send(new HeadObjectCommand(target), { abortSignal });
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    }, { key, signal });
    if (found) return { key, bytes: found.ContentLength ?? 0 };
    await this.#assertBucket(key, signal);
    return undefined;
  }

  async *list(prefix: string, { signal }: CallOptions = {}): AsyncGenerator<ObjectInfo> {
    assertKeyPrefix(prefix);
    const { bucket: Bucket, prefix: root } = this.address;
    let next: string | undefined;
    do {
      const request = { Bucket, Prefix: `${root}${prefix}`, ...(next !== undefined && { ContinuationToken: next }) };
      const page: ListObjectsV2CommandOutput = await this.#connection.send(
        (client, abortSignal) => client.send(new ListObjectsV2Command(request), { abortSignal }),
        { key: prefix, signal },
      );
      for (const { Key = '', Size = 0 } of page.Contents ?? []) {
        // What consoles and gateways make for an empty folder is no object of ours.
        if (!Key.endsWith('/')) yield { key: Key.slice(root.length), bytes: Size };
      }
      next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (next !== undefined);
  }

  async delete(key: string, { signal }: CallOptions = {}): Promise<void> {
    const target = this.#target(key);
    await this.#connection.send(async (client, abortSignal) => {
      try {
        await client.send(new DeleteObjectCommand(target), { abortSignal });
      } catch (error) {
        if (!isAbsence(error)) throw error;
      }
    }, { key, signal });
  }

  #target(key: string): { readonly Bucket: string; readonly Key: string } {
    assertObjectKey(key);
    const { bucket, prefix } = this.address;
    const bytes = Buffer.byteLength(prefix) + Buffer.byteLength(key);
    if (bytes <= MAX_OBJECT_KEY_BYTES) return { Bucket: bucket, Key: `${prefix}${key}` };
    throw OBJECT_KEY_INVALID({ key, reason: `with the prefix of the store it has ${bytes} bytes`, allowed: `up to ${MAX_OBJECT_KEY_BYTES} bytes` });
  }

  #encrypted(target: { readonly Bucket: string; readonly Key: string }): UploadTarget {
    const { s3Encryption, s3KmsKeyId } = this.options.settings;
    return {
      ...target,
      ...(s3Encryption && { ServerSideEncryption: s3Encryption }),
      ...(s3KmsKeyId !== undefined && { SSEKMSKeyId: s3KmsKeyId }),
    };
  }

  /** @throws CodedError OBJECT_KEY_CONFLICT where `key` is a folder of objects, or one of its folders is an object */
  async #assertFree(key: string, signal: AbortSignal | undefined): Promise<void> {
    const unknown = foldersOf(key).filter((folder) => !this.#folders.has(folder));
    const [below, ...objects] = await Promise.all([this.#hasBelow(key, signal), ...unknown.map((folder) => this.stat(folder, { ...(signal && { signal }) }))]);
    if (below || objects.some((found) => found !== undefined)) throw OBJECT_KEY_CONFLICT({ key });
    for (const folder of unknown) this.#folders.add(folder);
  }

  /** Also finds out whether the bucket is there, as an answer to this says. */
  async #hasBelow(key: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { Bucket, Key } = this.#target(key);
    const page = await this.#connection.send(
      (client, abortSignal) => client.send(new ListObjectsV2Command({ Bucket, Prefix: `${Key}/`, MaxKeys: 1 }), { abortSignal }),
      { key, signal },
    );
    this.#isBucketSeen = true;
    return (page.Contents ?? []).length > 0;
  }

  /**
   * An answer to HEAD has no body that could say whether it is the object or the bucket that is not there.
   * @throws CodedError OBJECT_STORE_BUCKET_MISSING
   */
  async #assertBucket(key: string, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#isBucketSeen) await this.#hasBelow(key, signal);
  }
}

async function firstOf(parts: AsyncIterator<Buffer, void>, count: number): Promise<Buffer[]> {
  const first: Buffer[] = [];
  for (let part = await parts.next(); !part.done; part = await parts.next()) {
    if (first.push(part.value) === count) break;
  }
  return first;
}

/** Lets go of each part as it is taken: the first ones must not stay in memory until the last is sent. */
async function* joined(first: Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for (let part = first.shift(); part; part = first.shift()) yield part;
  yield* rest;
}

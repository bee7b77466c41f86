import type { Secret, SecretRef } from '@tributary/common';

/** Options of every call through a port. */
export interface CallOptions {
  /** Aborts the call; the port's own deadline applies besides. */
  readonly signal?: AbortSignal;
}

/** Where credentials live. */
export interface SecretStore {
  /**
   * The secret that `ref` points to. Without `#key` the store must hold a single value under the name. An empty value is
   * none.
   * @throws CodedError SECRET_NOT_FOUND, SECRET_AMBIGUOUS, SECRET_FORBIDDEN, SECRET_STORE_UNKNOWN, SECRET_STORE_UNAVAILABLE
   */
  resolve(ref: SecretRef, options?: CallOptions): Promise<Secret>;
}

/** A value of the state store with the ETag that guards its replacement. */
export interface StateEntry<T> {
  readonly value: T;
  readonly etag: string;
}

/**
 * Small JSON values by key, with first-write-wins concurrency. A Uint8Array may stand anywhere in a value. A key is ASCII:
 * segments of letters, digits and `-._~%:@=+,!$&'()*` joined by `/`; what comes from names is percent-encoded.
 */
export interface StateStore {
  /** The entry under `key`, or undefined when there is none. Never guesses: an unreadable key is an error. */
  get<T>(key: string, options?: CallOptions): Promise<StateEntry<T> | undefined>;
  /**
   * Writes `value`. `etag`: replace exactly that version; `null`: create, the key must not exist.
   * @throws CodedError STATE_CONFLICT when somebody else has written since
   */
  set(key: string, value: unknown, etag: string | null, options?: CallOptions): Promise<void>;
  /** Deletes the version `etag` of `key`. @throws CodedError STATE_CONFLICT */
  delete(key: string, etag: string, options?: CallOptions): Promise<void>;
}

/** A CloudEvents 1.0 event; `data` is small and JSON. */
export interface BusEvent {
  /** Unique per source; a repeated publication repeats it. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly data: unknown;
}

/** Publish to topics. Delivery is at least once. */
export interface EventBus {
  publish(topic: string, event: BusEvent, options?: CallOptions): Promise<void>;
}

export interface ObjectInfo {
  /** Relative to the store's root, `/` between segments, no leading slash. */
  readonly key: string;
  readonly bytes: number;
}

/** What was stored. */
export interface StoredObject extends ObjectInfo {
  /** Lower-case hex SHA-256 of the stored bytes. */
  readonly sha256: string;
}

/**
 * Bulk data by key. Writes are atomic: a reader sees the whole object or none. A key is any Unicode without control
 * characters or `\`, in segments of 1 to 255 bytes joined by `/`, none of them `.` or `..`. No key is the beginning of
 * another up to a `/`.
 */
export interface ObjectStore {
  /** Streams `body` with bounded memory into `key`, replacing what was there. An error leaves nothing behind. */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, options?: CallOptions): Promise<StoredObject>;
  /**
   * Streams an object, or bytes `start` to `end` (inclusive) of it; what lies past its end is left out.
   * @throws CodedError OBJECT_NOT_FOUND
   */
  get(key: string, options?: CallOptions & { readonly start?: number; readonly end?: number }): AsyncIterable<Uint8Array>;
  /** Size of an object, or undefined when there is none. */
  stat(key: string, options?: CallOptions): Promise<ObjectInfo | undefined>;
  /** Objects whose key begins with `prefix`, in ascending order of the UTF-8 bytes of their keys. */
  list(prefix: string, options?: CallOptions): AsyncIterable<ObjectInfo>;
  /** Deletes an object; deleting what is not there is no error. */
  delete(key: string, options?: CallOptions): Promise<void>;
}

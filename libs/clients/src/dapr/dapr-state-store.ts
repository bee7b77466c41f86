import { Code, ConnectError } from '@connectrpc/connect';
import { StateOptions_StateConcurrency, StateOptions_StateConsistency } from '@dapr/dapr/proto/dapr/proto/common/v1/common_pb.js';
import type { CallOptions, StateEntry, StateStore } from '../ports.js';
import {
  STATE_CONFLICT,
  STATE_STORE_UNAVAILABLE,
  STATE_STORE_UNKNOWN,
  STATE_STORE_UNSUPPORTED,
  STATE_VALUE_TOO_LARGE,
  STATE_VALUE_UNREADABLE,
} from './errors.js';
import { type SidecarCall, type SidecarChannel, reasonOf } from './sidecar-channel.js';
import { decodeState, encodeState } from './state-envelope.js';
import { assertStateKey } from './state-key.js';

const OPTIONS = {
  concurrency: StateOptions_StateConcurrency.CONCURRENCY_FIRST_WRITE,
  consistency: StateOptions_StateConsistency.CONSISTENCY_STRONG,
};

/** A state store component of the sidecar. */
export class DaprStateStore implements StateStore {
  constructor(
    private readonly channel: SidecarChannel,
    readonly store: string,
    private readonly maxValueBytes: number,
  ) {}

  async get<T>(key: string, options?: CallOptions): Promise<StateEntry<T> | undefined> {
    assertStateKey(key);
    const { data, etag } = await this.#call('reading state', key, undefined, (client, call) =>
      client.getState({ storeName: this.store, key, consistency: OPTIONS.consistency }, call), options);
    if (data.length === 0 && etag === '') return undefined;
    if (etag === '') throw STATE_STORE_UNSUPPORTED({ store: this.store });
    try {
      return { value: decodeState(data) as T, etag };
    } catch (error) {
      throw STATE_VALUE_UNREADABLE({ store: this.store, key, reason: (error as Error).message }, { cause: error });
    }
  }

  async set(key: string, value: unknown, etag: string | null, options?: CallOptions): Promise<void> {
    assertStateKey(key);
    assertEtag(key, etag);
    const bytes = encodeState(key, value);
    if (bytes.length > this.maxValueBytes) throw STATE_VALUE_TOO_LARGE({ key, bytes: bytes.length, limit: this.maxValueBytes });
    const item = { key, value: bytes, options: OPTIONS, ...(etag === null ? {} : { etag: { value: etag } }) };
    await this.#call('writing state', key, etag, (client, call) =>
      client.saveState({ storeName: this.store, states: [item] }, call), options);
  }

  async delete(key: string, etag: string, options?: CallOptions): Promise<void> {
    assertStateKey(key);
    assertEtag(key, etag);
    await this.#call('deleting state', key, etag, (client, call) =>
      client.deleteState({ storeName: this.store, key, etag: { value: etag }, options: OPTIONS }, call), options);
  }

  async #call<T>(
    name: string,
    key: string,
    etag: string | null | undefined,
    run: SidecarCall<T>,
    options?: CallOptions,
  ): Promise<T> {
    try {
      return await this.channel.call(name, run, options);
    } catch (error) {
      throw error instanceof ConnectError ? this.#named(error, key, etag) : error;
    }
  }

  #named(error: ConnectError, key: string, etag: string | null | undefined): Error {
    const reason = reasonOf(error);
    if (/state store .* (is )?not (found|configured)|state store is not configured/i.test(reason)) {
      return STATE_STORE_UNKNOWN({ store: this.store }, { cause: error });
    }
    if (etag !== undefined && (error.code === Code.Aborted || /etag|no item was updated/i.test(reason))) {
      return conflict(key, etag, { cause: error });
    }
    return STATE_STORE_UNAVAILABLE({ store: this.store, key, reason }, { cause: error });
  }
}

/** No version is empty, and the sidecar takes an empty ETag for none: the write would not be guarded. */
function assertEtag(key: string, etag: string | null): void {
  if (etag === '') throw conflict(key, etag);
}

function conflict(key: string, etag: string | null, options?: { cause: unknown }): Error {
  return STATE_CONFLICT({ key, expected: etag === null ? 'that it does not exist' : `version "${etag}"` }, options);
}

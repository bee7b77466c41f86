import type { Secret } from '@tributary/common';
import type { CallOptions, EventBus, ObjectStore, SecretStore, StateStore } from '../ports.js';
import { BindingObjectStore } from './binding-object-store.js';
import { DaprEventBus } from './dapr-event-bus.js';
import { DaprSecretStore, type SecretListener } from './dapr-secret-store.js';
import { DaprStateStore } from './dapr-state-store.js';
import { SidecarChannel } from './sidecar-channel.js';
import { waitForSidecar } from './wait-for-sidecar.js';

const DEFAULT_DEADLINE_MS = 10_000;
/** What daprd takes unless `--max-body-size` says otherwise. */
const DEFAULT_MESSAGE_BYTES = 4 * 1024 * 1024;
const DEFAULT_VALUE_BYTES = 256 * 1024;

export interface DaprSidecarOptions {
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** DAPR_GRPC_PORT. */
  readonly grpcPort: number;
  /** DAPR_HTTP_PORT; needed for `waitUntilReady` only. */
  readonly httpPort?: number;
  /** DAPR_API_TOKEN; also tells the sidecar's health endpoint. */
  readonly apiToken?: Secret;
  /** Speak TLS to the sidecar, as for a remote DAPR_GRPC_ENDPOINT. @default false */
  readonly tls?: boolean;
  /** Deadline of each call, in milliseconds. @default 10000 */
  readonly deadlineMs?: number;
  /** Largest message in bytes; not more than daprd's `--max-body-size`. @default 4 MiB */
  readonly maxMessageBytes?: number;
  /** Largest state value and event, in bytes. @default 256 KiB */
  readonly maxValueBytes?: number;
  /** Learns every secret that is resolved (a SecretScrubber). */
  readonly secretListener?: SecretListener;
}

/** The building blocks of one Dapr sidecar behind the ports of this package. Nothing connects before the first call. */
export class DaprSidecarClient {
  /** Secrets of every secret store component; the reference names which. */
  readonly secrets: SecretStore;
  readonly #channel: SidecarChannel;
  readonly #valueBytes: number;

  constructor(private readonly options: DaprSidecarOptions) {
    const { host = '127.0.0.1', grpcPort, apiToken, tls = false } = options;
    this.#valueBytes = options.maxValueBytes ?? DEFAULT_VALUE_BYTES;
    this.#channel = new SidecarChannel({
      baseUrl: `${tls ? 'https' : 'http'}://${host}:${grpcPort}`,
      deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
      maxMessageBytes: options.maxMessageBytes ?? DEFAULT_MESSAGE_BYTES,
      ...(apiToken ? { apiToken } : {}),
    });
    this.secrets = new DaprSecretStore(this.#channel, options.secretListener);
  }

  /** The state store component of that name. */
  stateStore(component: string): StateStore {
    return new DaprStateStore(this.#channel, component, this.#valueBytes);
  }

  /** The pub/sub component of that name. */
  eventBus(component: string): EventBus {
    return new DaprEventBus(this.#channel, component, this.#valueBytes);
  }

  /** The output binding of that name as an object store, for objects below the message limit. */
  objectStore(binding: string): ObjectStore {
    return new BindingObjectStore(this.#channel, binding);
  }

  /**
   * Waits until the sidecar's components are up.
   * @throws CodedError SIDECAR_NOT_READY after `timeoutMs`
   */
  async waitUntilReady(timeoutMs: number, options: CallOptions = {}): Promise<void> {
    const { host = '127.0.0.1', httpPort, apiToken } = this.options;
    if (httpPort === undefined) throw new Error('DaprSidecarClient needs httpPort to wait for its sidecar');
    await waitForSidecar(`http://${host}:${httpPort}`, timeoutMs, { ...options, ...(apiToken ? { apiToken } : {}) });
  }

  /** Ends the connection; calls under way fail. */
  close(): void {
    this.#channel.close();
  }
}

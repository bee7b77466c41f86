import { Client, Connection, type ClientOptions } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { connectionOptions } from './connection-options.js';
import { diagnose } from './diagnose.js';
import { payloadGuardInterceptor } from './payload-guard-interceptor.js';
import type { TemporalSettings } from './temporal-settings.js';
import { tracingInterceptor } from './tracing-interceptor.js';

const DEFAULT_TIMEOUT_MS = 10_000;

/** gRPC's own is two minutes: after a long outage requests would fail for that long although the server is back. */
const MAX_RECONNECT_BACKOFF_MS = 5_000;

export interface ConnectOptions {
  /** Bound of the attempt, in milliseconds; finding out why it failed takes up to five seconds more. @default 10000 */
  readonly timeoutMs?: number;
}

export interface ConnectClientOptions extends ConnectOptions {
  readonly dataConverter?: DataConverter;
  /** Interceptors that run before ours (tracing, payload guard). */
  readonly interceptors?: ClientOptions['interceptors'];
}

/** A client that owns its connection. */
export interface ConnectedClient extends Client {
  close(): Promise<void>;
}

/**
 * Connects a client: traced, and guarded against arguments that are too large for Temporal.
 * @throws CodedError TEMPORAL_UNREACHABLE, TEMPORAL_TLS_FAILED, TEMPORAL_CREDENTIALS_REJECTED
 */
export async function connectClient(settings: TemporalSettings, options: ConnectClientOptions = {}): Promise<ConnectedClient> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, dataConverter, interceptors } = options;
  const connection = await connect(settings, timeoutMs);
  const client = new Client({
    connection,
    namespace: settings.namespace,
    ...(dataConverter ? { dataConverter } : {}),
    interceptors: {
      ...interceptors,
      workflow: [...(Array.isArray(interceptors?.workflow) ? interceptors.workflow : []), tracingInterceptor(), payloadGuardInterceptor()],
    },
  });
  return Object.assign(client, { close: () => connection.close() });
}

async function connect(settings: TemporalSettings, timeoutMs: number): Promise<Connection> {
  let connection: Connection | undefined;
  try {
    connection = Connection.lazy({
      ...connectionOptions(settings),
      connectTimeout: timeoutMs,
      channelArgs: { 'grpc.max_reconnect_backoff_ms': MAX_RECONNECT_BACKOFF_MS },
    });
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection?.close();
    throw await diagnose(settings, error);
  }
}

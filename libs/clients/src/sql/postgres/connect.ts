import { connect as connectSocket } from 'node:net';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import { Client, type ClientConfig } from 'pg';
import type { CatalogConnectionOptions } from '../catalog.js';
import { isMissingTls, type SourceErrors } from './source-errors.js';

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Signs in. With `prefer`, goes without TLS only where the server has none.
 * @throws CodedError SQL_SOURCE_UNREACHABLE, SQL_SIGN_IN_FAILED, SQL_DATABASE_UNKNOWN, SQL_PERMISSION_DENIED,
 * SQL_TOO_MANY_CONNECTIONS, SQL_TLS_UNSUPPORTED, SQL_TLS_UNTRUSTED; rejects with the signal's reason once it is aborted
 */
export async function connect(options: CatalogConnectionOptions, errors: SourceErrors): Promise<Client> {
  const tls = tlsOf(options);
  try {
    return await signIn(options, tls);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (options.sslMode !== 'prefer' || !isMissingTls(error)) throw errors.ofSignIn(error);
  }
  try {
    return await signIn(options, false);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw errors.ofSignIn(error);
  }
}

async function signIn(options: CatalogConnectionOptions, ssl: ConnectionOptions | false): Promise<Client> {
  options.signal?.throwIfAborted();
  const config: ClientConfig = {
    host: options.host,
    port: options.port,
    user: options.user,
    database: options.database,
    // A function, so that neither PGPASSWORD nor ~/.pgpass stands in for a password that was not given.
    password: () => options.password?.reveal() ?? '',
    ssl,
    application_name: options.applicationName,
    client_encoding: 'UTF8',
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
  const client = new Client(config);
  // A connection that breaks between statements is told by the next one; without a listener it would end the process.
  client.on('error', () => undefined);
  const abort = (): void => destroy(client);
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    destroy(client);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

function tlsOf({ sslMode, host }: CatalogConnectionOptions): ConnectionOptions | false {
  if (sslMode === 'disable' || host.startsWith('/')) return false;
  if (sslMode !== 'verify-full') return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate) };
}

interface Internals {
  readonly connection: { readonly stream: { destroy(): void; readonly bytesRead: number } };
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/** Bytes that the server has sent so far. */
export function bytesRead(client: Client): number {
  return (client as unknown as Internals).connection.stream.bytesRead;
}

/** Drops the connection at once. */
export function destroy(client: Client): void {
  (client as unknown as Internals).connection.stream.destroy();
}

/**
 * Asks the server to cancel what the connection is running, over a connection of its own, as the protocol wants it.
 * Best effort: a server that ends the connection later does no harm.
 */
export function requestCancel(client: Client, { host, port }: Pick<CatalogConnectionOptions, 'host' | 'port'>): void {
  const { processID, secretKey } = client as unknown as Internals;
  if (processID === null || secretKey === null) return;
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(80877102, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  const socket = host.startsWith('/') ? connectSocket(`${host}/.s.PGSQL.${port}`) : connectSocket(port, host);
  socket.setTimeout(5_000, () => socket.destroy());
  socket.on('error', () => undefined);
  socket.end(message);
}

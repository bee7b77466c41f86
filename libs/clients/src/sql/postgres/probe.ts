import { createConnection } from 'node:net';
import type { CatalogConnectionOptions } from '../catalog.js';
import { SQL_SOURCE_UNREACHABLE, SQL_TLS_UNSUPPORTED } from '../errors.js';

export interface ProbeOptions extends Pick<CatalogConnectionOptions, 'host' | 'port' | 'sslMode' | 'signal'> {
  /** Time to answer, in milliseconds. @default 4000 */
  readonly timeoutMs?: number;
}

/** What the server answered. */
export interface Probed {
  /** Whether it offers TLS. */
  readonly tls: boolean;
}

// Asks for TLS, as every client may before it says who it is: length 8, code 80877103.
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Finds out whether a PostgreSQL server answers there, without signing in.
 * @throws CodedError SQL_SOURCE_UNREACHABLE, SQL_TLS_UNSUPPORTED; rejects with the signal's reason once it is aborted
 */
export async function probePostgres({ host, port, sslMode, signal, timeoutMs = 4_000 }: ProbeOptions): Promise<Probed> {
  const isSocket = host.startsWith('/');
  const answer = await askForTls(isSocket ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }, timeoutMs, signal).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw SQL_SOURCE_UNREACHABLE({ host, port, reason: reasonOf(error) }, { cause: error });
  });
  if (answer !== 'S' && answer !== 'N') {
    throw SQL_SOURCE_UNREACHABLE({ host, port, reason: 'what answers there does not speak the protocol of PostgreSQL' });
  }
  const tls = answer === 'S';
  if (!tls && !isSocket && (sslMode === 'require' || sslMode === 'verify-full')) throw SQL_TLS_UNSUPPORTED({ host, port, sslMode });
  return { tls };
}

/** The first character of the server's answer. */
function askForTls(place: { path: string } | { host: string; port: number }, timeoutMs: number, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ ...place, ...(signal && { signal }) });
    const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    socket.on('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', (answer) => {
      resolve(answer.toString('latin1', 0, 1));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      reject(new Error('it closed the connection without an answer'));
    });
  });
}

/** Of several attempts (one per address) the first; the driver says no more than a code then. */
function reasonOf(error: unknown): string {
  const inner: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return inner instanceof Error ? inner.message : String(inner);
}

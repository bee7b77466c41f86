import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg';
import { isMissingTls } from './database-errors.js';
import type { PasswordKeeper } from './password-keeper.js';
import { rowTypes } from './row-types.js';
import type { DatabasePlace, SslMode } from './url.js';

const CONNECT_TIMEOUT_MS = 15_000;
const IDLE_MS = 30_000;
/** A statement of ours that takes longer is stuck. */
export const STATEMENT_TIMEOUT_MS = 120_000;
/** Whoever vanished within a transaction must not hold its run's lock for long. */
const IDLE_IN_TRANSACTION_MS = 30_000;
const LOCK_TIMEOUT_MS = 60_000;
/** After that the network has lost the answer, since the server would have ended the statement itself. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 15_000;

/** Each connection says how it reads and writes times, whatever role and database are set to. */
const SESSION = `SELECT
  set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO, MDY', false), set_config('client_encoding', 'UTF8', false),
  set_config('standard_conforming_strings', 'on', false), set_config('default_transaction_isolation', 'read committed', false),
  set_config('statement_timeout', '${STATEMENT_TIMEOUT_MS}', false), set_config('lock_timeout', '${LOCK_TIMEOUT_MS}', false),
  set_config('idle_in_transaction_session_timeout', '${IDLE_IN_TRANSACTION_MS}', false)`;

export interface SessionPoolOptions extends DatabasePlace {
  readonly passwords: PasswordKeeper;
  readonly applicationName: string;
  readonly maxConnections: number;
}

/** Opens a pool for kysely. With `prefer`, goes without TLS only where the server has none. */
export async function openSessionPool(options: SessionPoolOptions): Promise<PostgresPool> {
  const config = poolConfig(options);
  const { passwords, sslMode } = options;
  const tls = sslMode !== 'prefer' || (await passwords.signIn(() => hasTls(config)));
  return new SessionPool(tls ? config : { ...config, ssl: false }, passwords);
}

async function hasTls(config: PoolConfig): Promise<boolean> {
  const probe = new Client(config);
  probe.on('error', () => undefined);
  try {
    await probe.connect();
  } catch (error) {
    destroy(probe);
    if (isMissingTls(error)) return false;
    throw error;
  }
  await probe.end();
  return true;
}

/** pg's pool, with sessions set up before their first use, and connections that stopped answering dropped. */
class SessionPool implements PostgresPool {
  readonly #pool: Pool;
  readonly #clients = new WeakMap<PoolClient, PostgresPoolClient>();

  constructor(
    config: PoolConfig,
    private readonly passwords: PasswordKeeper,
  ) {
    this.#pool = new Pool(config);
    // A connection that breaks is told by the next statement; without listeners it would end the process.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.passwords.signIn(() => this.#pool.connect());
    const known = this.#clients.get(client);
    if (known) return known;
    try {
      await client.query(SESSION);
    } catch (error) {
      client.release(true);
      throw error;
    }
    const guarded = guard(client);
    this.#clients.set(client, guarded);
    return guarded;
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

function guard(client: PoolClient): PostgresPoolClient {
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    const timer = setTimeout(() => destroy(client), ANSWER_TIMEOUT_MS);
    try {
      return await client.query(text, values);
    } finally {
      clearTimeout(timer);
    }
  };
  return { query: query as PostgresPoolClient['query'], release: () => client.release() };
}

function poolConfig(options: SessionPoolOptions): PoolConfig {
  const { host, port, user, database, sslMode, passwords, applicationName, maxConnections } = options;
  return {
    host,
    port,
    user,
    database,
    // A function, so that neither PGPASSWORD nor ~/.pgpass stands in for a password that was not given.
    password: () => passwords.reveal(),
    ssl: tlsOf(sslMode, host),
    application_name: applicationName,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    types: rowTypes,
  };
}

function tlsOf(sslMode: SslMode, host: string): ConnectionOptions | false {
  if (sslMode === 'disable') return false;
  if (sslMode !== 'verify-full') return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate) };
}

/** Drops the connection at once; what waits for it is rejected. */
function destroy(client: Client | PoolClient): void {
  (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream.destroy();
}

import { ETL_DATABASE_SCHEMA_INVALID, ETL_DATABASE_URL_INVALID } from '../errors.js';

export const SSL_MODES = ['disable', 'prefer', 'require', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** Where the events database is, and as whom. */
export interface DatabasePlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly sslMode: SslMode;
}

/**
 * Takes apart `postgres://user@host[:port]/database[?sslmode=…]`. Without `sslmode`: `prefer`.
 * @throws CodedError ETL_DATABASE_URL_INVALID; its text does not repeat the URL, in which a password may stand
 */
export function parseDatabaseUrl(text: string): DatabasePlace {
  const refuse = (reason: string): Error => ETL_DATABASE_URL_INVALID({ reason });
  if (!URL.canParse(text)) throw refuse('it is no URL');
  const url = new URL(text);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw refuse('it does not begin with postgres://');
  if (url.password !== '') throw refuse('it holds a password');
  if (url.hash !== '') throw refuse('it has a fragment');
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'sslmode');
  if (unknown.length > 0) throw refuse('it has a parameter other than sslmode');
  const sslMode = url.searchParams.getAll('sslmode');
  if (sslMode.length > 1 || (sslMode[0] !== undefined && !isSslMode(sslMode[0]))) throw refuse('its sslmode is not allowed');
  const [user, host, database] = [url.username, url.hostname, url.pathname.slice(1)].map(decoded);
  if (!user) throw refuse('it names no user');
  if (!host) throw refuse('it names no host');
  if (!database || url.pathname.slice(1).includes('/')) throw refuse('it names no single database');
  const port = url.port === '' ? 5432 : Number(url.port);
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port, user, database, sslMode: (sslMode[0]) ?? 'prefer' };

  function decoded(part: string): string {
    try {
      return decodeURIComponent(part);
    } catch {
      throw refuse('it is not percent-encoded as it should be');
    }
  }
}

/** @throws CodedError ETL_DATABASE_SCHEMA_INVALID */
export function assertSchemaName(schema: string): void {
  const bytes = Buffer.byteLength(schema);
  if (bytes === 0 || bytes > 63 || /^pg_|\0/.test(schema)) throw ETL_DATABASE_SCHEMA_INVALID({ schema: JSON.stringify(schema) });
}

function isSslMode(text: string): text is SslMode {
  return (SSL_MODES as readonly string[]).includes(text);
}

import { DEV_SOURCE_INVALID } from '../errors.js';

const DEFAULT_PORT = 5432;
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-full'] as const;

/** A PostgreSQL database of the user's, without its password. */
export interface SourceAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly sslMode?: (typeof SSL_MODES)[number];
}

/**
 * Reads `postgres://user@host:5432/database?sslmode=require`. The text itself is never repeated in a message: a password
 * might be in it.
 * @throws DEV_SOURCE_INVALID, also for a URL that holds a password
 */
export function parseSourceUrl(text: string): SourceAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw DEV_SOURCE_INVALID({ problem: 'it is no URL that begins with postgres://' });
  if (url.password !== '' || url.searchParams.has('password')) {
    throw DEV_SOURCE_INVALID({
      problem: 'it holds a password, which your shell has now in its history and every user of this machine sees in the list of processes',
    });
  }
  const user = decodeURIComponent(url.username);
  if (user === '') throw DEV_SOURCE_INVALID({ problem: 'it names no user' });
  const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1');
  if (host === '') throw DEV_SOURCE_INVALID({ problem: 'it names no host' });
  const database = decodeURIComponent(url.pathname.slice(1)) || user;
  const mode = url.searchParams.get('sslmode');
  const sslMode = SSL_MODES.find((known) => known === mode);
  if (mode !== null && !sslMode) throw DEV_SOURCE_INVALID({ problem: `its sslmode is none of ${SSL_MODES.join(', ')}` });
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'sslmode');
  if (unknown.length > 0) throw DEV_SOURCE_INVALID({ problem: `it has the parameter ${unknown[0] ?? ''}, and only sslmode is known` });
  return { host, port: url.port === '' ? DEFAULT_PORT : Number(url.port), user, database, ...(sslMode ? { sslMode } : {}) };
}

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
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw invalid('it is no URL that begins with postgres://');
  if (url.password !== '' || url.searchParams.has('password')) {
    throw invalid('it holds a password, which your shell has now in its history and every user of this machine sees in the list of processes');
  }
  const user = decoded(url.username, 'user');
  if (user === '') throw invalid('it names no user');
  const host = decoded(url.hostname, 'host').replace(/^\[(.*)\]$/, '$1');
  if (host === '') throw invalid('it names no host');
  if (host.includes('/')) throw invalid('its host is the folder of a Unix socket, and the database is reached by TCP alone');
  if (host.includes(',')) throw invalid('it names several hosts; name one');
  if (url.port === '0') throw invalid('its port is 0');
  if (url.hash !== '') throw invalid('it has a "#", which ends a URL; write %23 where it belongs to a name');
  const database = decoded(url.pathname.slice(1), 'database') || user;
  const sslMode = sslModeOf(url.searchParams);
  return { host, port: url.port === '' ? DEFAULT_PORT : Number(url.port), user, database, ...(sslMode ? { sslMode } : {}) };
}

function sslModeOf(parameters: URLSearchParams): SourceAddress['sslMode'] {
  if ([...parameters.keys()].some((name) => name !== 'sslmode')) throw invalid('it has a parameter other than sslmode, which alone is known');
  const [mode, ...more] = parameters.getAll('sslmode');
  if (mode === undefined) return undefined;
  const sslMode = SSL_MODES.find((known) => known === mode);
  if (!sslMode || more.length > 0) throw invalid(`its sslmode is not one of ${SSL_MODES.join(', ')}`);
  return sslMode;
}

function decoded(text: string, what: string): string {
  let name: string;
  try {
    name = decodeURIComponent(text);
  } catch (error) {
    throw DEV_SOURCE_INVALID({ problem: `its ${what} has a "%" that is not followed by the code of a character; a "%" itself is %25` }, { cause: error });
  }
  if (name.includes('\0')) throw invalid(`its ${what} has a NUL character`);
  return name;
}

function invalid(problem: string): Error {
  return DEV_SOURCE_INVALID({ problem });
}

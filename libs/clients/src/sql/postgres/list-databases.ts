import type { Filters } from '@tributary/workflow-contracts/sql-metadata';
import { sql } from 'kysely';
import type { DatabaseInfo } from '../catalog.js';
import { matchFilters } from '../filters/match.js';
import { quoteIdentifier } from './source-errors.js';
import { compileStatement } from './statement.js';
import type { Wire } from './wire.js';

interface DatabaseRow {
  /** Name in hexadecimal. */
  readonly bytes: string;
  /** Whether it is the one that the session is signed in to. */
  readonly here: boolean;
  readonly role: string;
  readonly allowed: boolean;
  readonly limit: number;
  readonly privileged: boolean;
}

// Databases of a server may differ in encoding: read in one, the name of another need not be text. Its bytes are what
// signing in takes, and signing in was with UTF-8.
const LIST = compileStatement(sql`
  SELECT pg_catalog.encode(pg_catalog.replace(d.datname::text, '\\', '\\\\')::bytea, 'hex') AS bytes,
    d.datname = pg_catalog.current_database() AS here, CURRENT_USER::text AS role, d.datallowconn AS allowed, d.datconnlimit AS limit,
    pg_catalog.has_database_privilege(d.oid, 'CONNECT') AS privileged
  FROM pg_catalog.pg_database d
  WHERE d.datname NOT IN ('template0', 'template1') OR d.datname = pg_catalog.current_database()
  ORDER BY d.datname`);

/** Databases that the filters let through, and whether the role may connect to each. Of templates, only its own. */
export async function listDatabases(wire: Wire, filters: Filters): Promise<DatabaseInfo[]> {
  const rows = await wire.query<DatabaseRow>(LIST, 'the list of databases');
  return rows.map(describe).filter(({ name }) => matchFilters(filters, { database: name }).included);
}

function describe({ bytes, here, role, allowed, limit, privileged }: DatabaseRow): DatabaseInfo {
  const name = Buffer.from(bytes, 'hex').toString('utf8');
  if (here) return { name, connectable: true };
  if (Buffer.from(name).toString('hex') !== bytes) return { name, connectable: false, reason: 'its name is not of UTF-8' };
  const database = quoteIdentifier(name);
  if (limit === -2) {
    return { name, connectable: false, reason: 'a DROP DATABASE that did not finish left it invalid', fix: `DROP DATABASE ${database}` };
  }
  if (!allowed) {
    return { name, connectable: false, reason: 'it takes no connections', fix: `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true` };
  }
  if (!privileged) {
    const fix = `GRANT CONNECT ON DATABASE ${database} TO ${quoteIdentifier(role)}`;
    return { name, connectable: false, reason: `role "${role}" has no CONNECT privilege on it`, fix };
  }
  if (limit === 0) {
    return { name, connectable: false, reason: 'its connection limit is 0', fix: `ALTER DATABASE ${database} WITH CONNECTION LIMIT -1` };
  }
  return { name, connectable: true };
}

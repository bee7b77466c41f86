import type { Filters } from '@tributary/workflow-contracts/sql-metadata';
import { sql } from 'kysely';
import type { DatabaseInfo } from '../catalog.js';
import { matchFilters } from '../filters/match.js';
import { quoteIdentifier } from './source-errors.js';
import { compileStatement } from './statement.js';
import type { Wire } from './wire.js';

interface DatabaseRow {
  readonly name: string;
  readonly role: string;
  readonly allowed: boolean;
  readonly limit: number;
  readonly privileged: boolean;
}

const LIST = compileStatement(sql`
  SELECT d.datname AS name, CURRENT_USER::text AS role, d.datallowconn AS allowed, d.datconnlimit AS limit,
    pg_catalog.has_database_privilege(d.oid, 'CONNECT') AS privileged
  FROM pg_catalog.pg_database d
  WHERE d.datname NOT IN ('template0', 'template1')
  ORDER BY d.datname`);

/** Databases that the filters let through, and whether the role may connect to each. */
export async function listDatabases(wire: Wire, filters: Filters): Promise<DatabaseInfo[]> {
  const rows = await wire.query<DatabaseRow>(LIST, 'the list of databases');
  return rows.filter(({ name }) => matchFilters(filters, { database: name }).included).map(describe);
}

function describe({ name, role, allowed, limit, privileged }: DatabaseRow): DatabaseInfo {
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

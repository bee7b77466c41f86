import { sql } from 'kysely';
import type { Connection } from '../database/connection.js';
import { ETL_DATABASE_PERMISSION_DENIED, ETL_DATABASE_UNSUITABLE, ETL_SCHEMA_CHANGED } from '../errors.js';
import { compareSchema } from './compare-schema.js';
import { describeSchema } from './describe-schema.js';
import { CURRENT_SCHEMA } from './current-schema.js';
import { migrate } from './migrate.js';

/** Older ones write expressions of checks in other words, so the check of the schema would refuse them. */
const OLDEST_SERVER = 140000;

/**
 * Brings the schema to this version (`migrate`), or checks that it has it; in both cases checks that it still is what
 * the migrations made, and that the role may use it.
 */
export async function prepareSchema(connection: Connection, options: { readonly migrate: boolean }): Promise<void> {
  await assertSuitable(connection);
  await migrate(connection, options.migrate);
  const { schema } = connection;
  const live = await connection.read('reading the schema', (db) => describeSchema(db, schema));
  const differences = compareSchema(live, CURRENT_SCHEMA);
  if (differences.length > 0) throw ETL_SCHEMA_CHANGED({ schema, differences: differences.join('; ') });
  await assertMayUse(connection);
}

async function assertSuitable(connection: Connection): Promise<void> {
  const { host, port, database } = connection.place;
  const [facts] = await connection.read('signing in', async (db) => {
    const { rows } = await sql<{ number: number; version: string; encoding: string }>`
      SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
        current_setting('server_encoding') AS encoding`.execute(db);
    return rows;
  });
  const unsuitable = (reason: string): Error => ETL_DATABASE_UNSUITABLE({ host, port, database, reason });
  if (facts && facts.number < OLDEST_SERVER) throw unsuitable(`the server is PostgreSQL ${facts.version}`);
  if (facts && facts.encoding !== 'UTF8') throw unsuitable(`its encoding is ${facts.encoding}`);
}

/** A role that did not migrate may have been given too little. */
async function assertMayUse(connection: Connection): Promise<void> {
  const { schema, place, errors } = connection;
  const rows = await connection.read('reading the rights of the role', async (db) => {
    const tables = sql.join(Object.keys(CURRENT_SCHEMA));
    const result = await sql<{ lacking: string }>`
      SELECT p.privilege || ' on ' || c.relname AS lacking
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p (privilege)
      WHERE n.nspname = ${schema} AND c.relname IN (${tables})
        AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, p.privilege))
      ORDER BY 1`.execute(db);
    return result.rows;
  });
  if (rows.length === 0) return;
  const reason = `it lacks ${rows.map(({ lacking }) => lacking).join(', ')}`;
  throw ETL_DATABASE_PERMISSION_DENIED({ user: place.user, database: place.database, what: 'loading events', reason, grant: errors.grant() });
}

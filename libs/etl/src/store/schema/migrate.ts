import { Migrator, sql, type Migration, type MigrationProvider } from 'kysely';
import type { Connection } from '../database/connection.js';
import { quoteIdentifier } from '../database/quote-identifier.js';
import { ETL_DATABASE_PERMISSION_DENIED, ETL_SCHEMA_NEWER, ETL_SCHEMA_OUTDATED } from '../errors.js';
import { MIGRATIONS, type SchemaMigration } from '../migrations/index.js';

const TABLE = 'migrations';

/**
 * Brings the schema to the last of `migrations`, or checks that it is there. Workers that start together wait for each
 * other.
 * @throws CodedError ETL_SCHEMA_NEWER, ETL_SCHEMA_OUTDATED, ETL_DATABASE_PERMISSION_DENIED and what else the database says
 */
export async function migrate(connection: Connection, allowed: boolean, migrations = MIGRATIONS): Promise<void> {
  const missing = await missingMigrations(connection, migrations);
  if (missing.length === 0) return;
  if (!allowed) throw ETL_SCHEMA_OUTDATED({ schema: connection.schema, missing });
  await assertMayCreate(connection);
  const { error } = await connection.read('migrating the schema', (db) =>
    new Migrator({
      db,
      provider: providerOf(connection.schema, migrations),
      migrationTableName: TABLE,
      migrationLockTableName: `${TABLE}_lock`,
      migrationTableSchema: connection.schema,
    }).migrateToLatest(),
  );
  if (error === undefined) return;
  // A newer version may have come in between: then its migrations are the trouble.
  await missingMigrations(connection, migrations);
  throw connection.errors.of(error, 'migrating the schema');
}

/** Names of migrations that have not run. @throws CodedError ETL_SCHEMA_NEWER when one has run that is not known */
async function missingMigrations(connection: Connection, migrations: readonly SchemaMigration[]): Promise<string[]> {
  const { schema } = connection;
  const done = await connection.read('reading the version of the schema', async (db) => {
    // Not to_regclass: without rights on the schema that is an error, whether or not the table is there.
    const { rows } = await sql`
      SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ${schema} AND c.relname = ${TABLE}`.execute(db);
    if (rows.length === 0) return [];
    return (await sql<{ name: string }>`SELECT name FROM ${sql.id(schema, TABLE)} ORDER BY name`.execute(db)).rows;
  });
  const names = new Set(migrations.map(({ name }) => name));
  const unknown = done.map(({ name }) => name).filter((name) => !names.has(name));
  if (unknown.length > 0) throw ETL_SCHEMA_NEWER({ schema, unknown, latest: migrations.at(-1)?.name });
  const ran = new Set(done.map(({ name }) => name));
  return [...names].filter((name) => !ran.has(name));
}

/** @throws CodedError ETL_DATABASE_PERMISSION_DENIED, with the statement that helps */
async function assertMayCreate(connection: Connection): Promise<void> {
  const { schema, place } = connection;
  const [facts] = await connection.read('reading the rights of the role', async (db) => {
    const { rows } = await sql<{ exists: boolean; may: boolean }>`
      SELECT n.oid IS NOT NULL AS exists,
        CASE WHEN n.oid IS NULL THEN has_database_privilege(current_database(), 'CREATE')
          ELSE has_schema_privilege(n.oid, 'CREATE') AND has_schema_privilege(n.oid, 'USAGE') END AS may
      FROM (SELECT 1) AS one LEFT JOIN pg_namespace n ON n.nspname = ${schema}`.execute(db);
    return rows;
  });
  if (facts?.may) return;
  const [named, database, role] = [schema, place.database, place.user].map(quoteIdentifier);
  const grant = facts?.exists
    ? `GRANT USAGE, CREATE ON SCHEMA ${named} TO ${role}`
    : `GRANT CREATE ON DATABASE ${database} TO ${role}, or CREATE SCHEMA ${named} AUTHORIZATION ${role}`;
  const reason = facts?.exists ? `it may not create tables in schema "${schema}"` : `it may not create schema "${schema}"`;
  throw ETL_DATABASE_PERMISSION_DENIED({ user: place.user, database: place.database, what: 'migrating the schema', reason, grant });
}

function providerOf(schema: string, migrations: readonly SchemaMigration[]): MigrationProvider {
  const steps = migrations.map((step): [string, Migration] => [step.name, { up: (db) => step.up(db, schema) }]);
  return { getMigrations: async () => Object.fromEntries(steps) };
}

import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { analyticsSql } from './analytics.js';
import { FOREIGN_SQL, HR_SQL, NEWER_SQL } from './hr.js';
import { identifier, literal } from './identifiers.js';
import { oddNamesSql } from './odd-names.js';
import { SALES_SQL } from './sales.js';

/** Role of the sample that may connect to the sample database and nothing else. */
export const SAMPLE_READER = 'sample_reader';

/** Second database of the sample's server; the reader may not connect to it. */
export const SAMPLE_ARCHIVE = 'archive';

// The wrapper of the foreign tables has no handler, so that a partitioned table with one of them can't be analyzed.
const ANALYZE_ALL = `DO $do$ DECLARE relation regclass; BEGIN
  FOR relation IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 'p') AND c.relispopulated AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'remote')
  LOOP EXECUTE format('ANALYZE %s', relation); END LOOP;
END $do$`;

export interface InstallOptions {
  /** Password of the reader; without one it can sign in only where the server asks for none. */
  readonly readerPassword?: string;
}

/** SQL of the sample: every kind of object, odd names, about 3,400 columns. For an empty database and a superuser. */
export function sampleSql(): string {
  return [SALES_SQL, HR_SQL, FOREIGN_SQL, NEWER_SQL, analyticsSql(), oddNamesSql()].join('\n');
}

/**
 * Puts the sample into the empty database at `url`, the archive database and the reader beside it. Repeating it changes
 * nothing; a sample that was half installed or belongs to another version is an error.
 */
export async function installSample(url: string, options: InstallOptions = {}): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const sql = sampleSql();
    await installObjects(client, sql, createHash('sha256').update(sql).digest('hex'));
    await installReader(client, options.readerPassword);
    await installArchive(client, url);
  } finally {
    await client.end();
  }
}

async function installObjects(client: Client, sql: string, version: string): Promise<void> {
  await client.query('BEGIN');
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('tributary sample'))`);
  const marker = `Sample of Tributary, version ${version.slice(0, 12)}`;
  const installed = await client.query<{ marker: string | null; used: boolean }>(
    `SELECT shobj_description(d.oid, 'pg_database') AS marker, EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'sales') AS used
     FROM pg_database d WHERE d.datname = current_database()`,
  );
  const [found] = installed.rows;
  if (!found?.used) {
    await client.query(`${sql}\nDO $do$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '${marker}'); END $do$;`);
    await client.query('COMMIT');
    await client.query(ANALYZE_ALL);
    return;
  }
  await client.query('ROLLBACK');
  if (found.marker !== marker) throw new Error('The database holds something else, or the sample of another version: drop the database and install again');
}

async function installReader(client: Client, password: string | undefined): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [SAMPLE_READER]);
  if (found.rows.length === 0) await client.query(`CREATE ROLE ${SAMPLE_READER} LOGIN`);
  if (password !== undefined) await client.query(`ALTER ROLE ${SAMPLE_READER} PASSWORD ${literal(password)}`);
}

async function installArchive(client: Client, url: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [SAMPLE_ARCHIVE]);
  if (found.rows.length > 0) return;
  await client.query(`CREATE DATABASE ${identifier(SAMPLE_ARCHIVE)}`);
  await client.query(`REVOKE CONNECT ON DATABASE ${identifier(SAMPLE_ARCHIVE)} FROM PUBLIC`);
  const archiveUrl = new URL(url);
  archiveUrl.pathname = `/${SAMPLE_ARCHIVE}`;
  const archive = new Client({ connectionString: archiveUrl.href });
  await archive.connect();
  try {
    await archive.query(`CREATE TABLE old_order (id bigint PRIMARY KEY, placed_on date); COMMENT ON TABLE old_order IS 'Orders before 2020'`);
  } finally {
    await archive.end();
  }
}

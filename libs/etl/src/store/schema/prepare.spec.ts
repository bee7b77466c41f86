import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { Secret } from '@tributary/common';
import { eventOf, openStore, pageOf, runOf, unitOf, urlOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';
import { MIGRATIONS } from '../migrations/index.js';
import { CURRENT_SCHEMA } from './current-schema.js';
import { describeSchema } from './describe-schema.js';

const RELEASES = join(__dirname, '..', 'testdata');
const PASSWORD = 'canary-5e1f/ä:@';

let server: PostgresServer;
let admin: Client;
const open: OpenEventDatabase[] = [];

beforeAll(async () => {
  server = await startPostgres();
  admin = new Client(server.url);
  await admin.connect();
}, 60_000);

afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

afterAll(async () => {
  await admin.end();
  await server.stop();
});

/** The events database of a database of its own. */
async function freshDatabase(name: string, more: Parameters<typeof openStore>[1] = {}): Promise<OpenEventDatabase> {
  await admin.query(`CREATE DATABASE "${name}"`);
  return connect(name, more);
}

function connect(name: string, more: Parameters<typeof openStore>[1] = {}): OpenEventDatabase {
  const database = openStore(server, { url: urlOf(server, { database: name }), ...more });
  open.push(database);
  return database;
}

async function runSql(database: string, text: string): Promise<void> {
  const client = new Client({ ...server, database });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

it('makes the schema as it is recorded; if not, run libs/etl/src/e2e/record-schema.ts', async () => {
  const database = await freshDatabase('fresh');
  await database.prepare({ migrate: true });
  expect(await describeSchema(database.db, 'tributary')).toEqual(CURRENT_SCHEMA);
  await database.prepare({ migrate: true });
  await database.prepare({ migrate: false });
});

it('describes every table and every column in the database', () => {
  const missing = Object.entries(CURRENT_SCHEMA).flatMap(([table, { description, columns }]) => [
    ...(description === '' ? [table] : []),
    ...Object.entries(columns).flatMap(([column, text]) => (text.description === '' ? [`${table}.${column}`] : [])),
  ]);
  expect(missing).toEqual([]);
});

it('runs migrations in order of their names', () => {
  const names = MIGRATIONS.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  expect(names.every((name) => /^\d{4}-[a-z0-9-]+$/.test(name))).toBe(true);
});

describe.each(readdirSync(RELEASES))('from release %s on', (file) => {
  it('gets the schema of this version, and goes on with the rows that are there', async () => {
    const database = await freshDatabase(file);
    await runSql(file, readFileSync(join(RELEASES, file), 'utf8'));
    const before = await database.db.selectFrom('events').select(['id', 'time_utc', 'employee_id']).orderBy('id').execute();
    expect(before.length).toBeGreaterThan(0);
    await database.prepare({ migrate: true });
    expect(await describeSchema(database.db, 'tributary')).toEqual(CURRENT_SCHEMA);
    expect(await database.db.selectFrom('events').select(['id', 'time_utc', 'employee_id']).orderBy('id').execute()).toEqual(before);
    const ended = await database.openRun(runOf({ key: 'ended', incremental: true }), 2);
    expect(await ended.totals()).toMatchObject({ subjects: { done: 1, failed: 1 }, units: { done: 2, failed: 1 } });
    const running = await database.openRun(runOf({ key: 'running', incremental: true }), 2);
    const [unit] = await running.pending('visit', 9);
    expect(unit).toMatchObject({ key: 'other', cursor: 'page 2' });
    expect(await running.commit([pageOf('other', { events: [eventOf('bug-1-created'), eventOf('new')] })])).toEqual({ inserted: 1, updated: 0, unchanged: 1 });
    await running.finish('done');
    const next = await database.openRun(runOf({ incremental: true }), 1);
    await next.add([unitOf('list', { mark: 'listing' })]);
    expect(await next.pending('visit', 1)).toMatchObject([{ since: '2026-02-01T00:00:00.000001Z' }]);
    expect((await next.recall(['bug:1'])).get('bug:1')).toEqual({ seen: 1 });
  });
});

it('lets many workers start at once', async () => {
  await admin.query('CREATE DATABASE many');
  const workers = Array.from({ length: 8 }, () => connect('many'));
  await Promise.all(workers.map((worker) => worker.prepare({ migrate: true })));
  expect(await describeSchema(workers[0]!.db, 'tributary')).toEqual(CURRENT_SCHEMA);
}, 30_000);

it('refuses a schema that a newer version has made, and leaves it as it is', async () => {
  const database = await freshDatabase('newer');
  await database.prepare({ migrate: true });
  await sql`INSERT INTO tributary.migrations VALUES ('9999-from-the-future', '2027')`.execute(database.db);
  for (const migrate of [true, false]) {
    await expect(database.prepare({ migrate })).rejects.toMatchObject({
      code: 'ETL_SCHEMA_NEWER', recovery: 'fatal', message: expect.stringContaining('9999-from-the-future') as string,
    });
  }
});

it('names the variable when it may not migrate', async () => {
  const database = await freshDatabase('outdated');
  await expect(database.prepare({ migrate: false })).rejects.toMatchObject({
    code: 'ETL_SCHEMA_OUTDATED',
    message: expect.stringContaining(MIGRATIONS[0]!.name) as string,
    fix: expect.stringContaining('TRIBUTARY_EVENTS_MIGRATE=true') as string,
  });
});

it.each([
  ['DROP INDEX tributary.events_week_idx', 'index btree (week) of events is missing'],
  ['ALTER TABLE tributary.events ALTER relation_properties TYPE json USING relation_properties::json', 'column events.relation_properties has type json instead of jsonb'],
  ['ALTER TABLE tributary.events ALTER time_utc TYPE timestamptz(3)', 'column events.time_utc has type timestamp(3) with time zone instead of timestamp(6)'],
  ['ALTER TABLE tributary.events ALTER parent_id DROP NOT NULL', 'column events.parent_id takes NULL'],
  ['ALTER TABLE tributary.events ALTER changed_at DROP DEFAULT', 'column events.changed_at has default "" instead of "now()"'],
  ['ALTER TABLE tributary.events DROP week', 'column events.week is missing'],
  ['ALTER TABLE tributary.events ADD note text NOT NULL', 'column events.note was added, refuses NULL and has no default'],
  ['ALTER TABLE tributary.flow_units DROP CONSTRAINT flow_units_pkey', 'constraint PRIMARY KEY (run_id, key) of flow_units is missing'],
  ['ALTER TABLE tributary.identities ALTER name TYPE text COLLATE "POSIX"', 'column identities.name has type text COLLATE POSIX'],
  ['DROP TABLE tributary.flow_memory', 'table flow_memory is missing'],
])('says what was changed by hand: %s', async (change, difference) => {
  const name = `changed ${difference.replaceAll('"', '')}`.slice(0, 60);
  const database = await freshDatabase(name);
  await database.prepare({ migrate: true });
  await runSql(name, change.includes('TYPE json ') ? `ALTER TABLE tributary.events DROP CONSTRAINT events_relation_properties_check; ${change}` : change);
  await expect(database.prepare({ migrate: true })).rejects.toMatchObject({
    code: 'ETL_SCHEMA_CHANGED', recovery: 'fatal', message: expect.stringContaining(difference) as string,
  });
});

it('lets owners add indexes, tables and columns that an insert may leave out', async () => {
  const database = await freshDatabase('extended');
  await database.prepare({ migrate: true });
  await runSql('extended', `CREATE INDEX ON tributary.events ((relation_properties ->> 'target')); CREATE TABLE tributary.mine (a int);
    ALTER TABLE tributary.events ADD note text, ADD flag boolean NOT NULL DEFAULT false; COMMENT ON TABLE tributary.events IS 'Ours'`);
  await database.prepare({ migrate: false });
});

describe('with a role of few rights', () => {
  const asWorker = (database: string): OpenEventDatabase =>
    connect(database, { url: urlOf(server, { database, user: 'worker' }), password: new Secret(PASSWORD) });

  beforeAll(async () => {
    await admin.query(`CREATE ROLE worker LOGIN PASSWORD '${PASSWORD}'`);
  });

  /** Runs the statements that an error recommends, and nothing else. */
  async function follow(database: string, advice: unknown): Promise<void> {
    const fix = (advice as { fix: string }).fix.replace('Have an owner run: ', '').replace(/, or .*/, '');
    await runSql(database, fix);
  }

  it('gives the GRANT that lets it migrate, and that suffices', async () => {
    await admin.query('CREATE DATABASE granted');
    const worker = asWorker('granted');
    const error: unknown = await worker.prepare({ migrate: true }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ETL_DATABASE_PERMISSION_DENIED', recovery: 'fatal', fix: expect.stringContaining('GRANT CREATE ON DATABASE "granted" TO "worker"') as string });
    await follow('granted', error);
    await worker.prepare({ migrate: true });
  });

  it('gives the GRANT for a schema that somebody else has made', async () => {
    await admin.query('CREATE DATABASE "schema of another"');
    await runSql('schema of another', 'CREATE SCHEMA tributary');
    const worker = asWorker('schema of another');
    const error: unknown = await worker.prepare({ migrate: true }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ETL_DATABASE_PERMISSION_DENIED', fix: expect.stringContaining('GRANT USAGE, CREATE ON SCHEMA "tributary"') as string });
    await follow('schema of another', error);
    await worker.prepare({ migrate: true });
  });

  it('gives the GRANTs for a schema that somebody else migrates, and they suffice for a run', async () => {
    await (await freshDatabase('migrated by owner')).prepare({ migrate: true });
    const worker = asWorker('migrated by owner');
    const denied = async (): Promise<unknown> => worker.prepare({ migrate: false }).then(() => undefined, (thrown: unknown) => thrown);
    const first = await denied();
    expect(first).toMatchObject({ code: 'ETL_DATABASE_PERMISSION_DENIED', fix: expect.stringContaining('GRANT USAGE ON SCHEMA "tributary" TO "worker"') as string });
    await follow('migrated by owner', first);
    expect(await denied()).toBeUndefined();
    const ledger = await worker.openRun(runOf(), 1);
    await ledger.add([unitOf('a')]);
    await ledger.commit([pageOf('a', { events: [eventOf('a')], quarantined: [{ record: '1', code: 'X', message: 'x' }] })]);
    await ledger.finish('failed');
    await runSql('migrated by owner', 'REVOKE UPDATE ON tributary.events FROM worker');
    expect(await denied()).toMatchObject({ message: expect.stringContaining('it lacks UPDATE on events') as string });
  });
});

it('refuses a database in another encoding', async () => {
  await admin.query(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`);
  await expect(connect('latin').prepare({ migrate: true })).rejects.toMatchObject({ code: 'ETL_DATABASE_UNSUITABLE', message: expect.stringContaining('LATIN1') as string });
});

it('says that a read-only database is one', async () => {
  const database = await freshDatabase('standby');
  await database.prepare({ migrate: true });
  await admin.query('ALTER DATABASE standby SET default_transaction_read_only = on');
  await expect(connect('standby').openRun(runOf(), 1)).rejects.toMatchObject({ code: 'ETL_DATABASE_READ_ONLY', recovery: 'retry' });
});

describe('signing in', () => {
  const at = (more: Partial<PostgresServer>, parameters = '', password?: string) =>
    connect('', { url: urlOf({ ...server, ...more }) + parameters, password: new Secret(password ?? server.password) }).prepare({ migrate: false });

  it.each([
    ['a wrong password', () => at({}, '', PASSWORD), 'ETL_DATABASE_SIGN_IN_FAILED', 'fatal'],
    ['an unknown role', () => at({ user: 'nobody-known' }), 'ETL_DATABASE_SIGN_IN_FAILED', 'fatal'],
    ['an unknown database', () => at({ database: 'nowhere' }), 'ETL_DATABASE_UNKNOWN', 'fatal'],
    ['a port without a server', () => at({ port: 1 }), 'ETL_DATABASE_UNREACHABLE', 'retry'],
    ['TLS asked of a server without', () => at({}, '?sslmode=require'), 'ETL_DATABASE_TLS_UNSUPPORTED', 'fatal'],
  ])('tells %s', async (_, attempt, code, recovery) => {
    const error: unknown = await attempt().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, recovery });
    const { message, fix, stack, cause } = error as { message: string; fix: string; stack: string; cause: Error };
    expect(`${message} ${fix} ${stack} ${cause.message} ${cause.stack ?? ''}`).not.toContain(PASSWORD);
    expect(message).not.toMatch(/\{\w+\}/);
  }, 20_000);

  it('does not use a password from the environment when none was given', async () => {
    process.env['PGPASSWORD'] = server.password;
    try {
      const none = openStore(server, { password: undefined } as never);
      open.push(none);
      await expect(none.prepare({ migrate: false })).rejects.toMatchObject({ code: 'ETL_DATABASE_SIGN_IN_FAILED' });
    } finally {
      delete process.env['PGPASSWORD'];
    }
  });
});

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PostgresServer } from '../servers/index.js';

const STATE = 'tributary_state';
const EVENTS = 'tributary_events';
const SAMPLE = 'sample';

/** As much of `@tributary/testing/sql-sample` as we use. */
interface SampleModule {
  readonly SAMPLE_READER: string;
  readonly SAMPLE_ARCHIVE: string;
  readonly installSample: (url: string, options: { readerPassword: string }) => Promise<void>;
}

/** The sample database, as its reader sees it. */
export interface SampleDatabase {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** A second database, which the reader may not connect to. */
  readonly archive: string;
}

/**
 * Makes the database of the state store where it is missing, with a role of its own and a password that is new at each
 * start. Gives its connection URL.
 */
export async function prepareStateDatabase(server: PostgresServer): Promise<string> {
  const password = await prepareOwnDatabase(server, STATE);
  return `postgres://${STATE}:${password}@${server.host}:${server.port}/${STATE}?sslmode=disable`;
}

/** The same for the events. Gives its URL without the password, and the password. */
export async function prepareEventsDatabase(server: PostgresServer): Promise<{ url: string; password: string }> {
  const password = await prepareOwnDatabase(server, EVENTS);
  return { url: `postgres://${EVENTS}@${server.host}:${server.port}/${EVENTS}?sslmode=disable`, password };
}

/** A database and its owner, both of one name. Gives the owner's new password. */
async function prepareOwnDatabase(server: PostgresServer, name: string): Promise<string> {
  const password = newPassword();
  await asSuperuser(server, async (client) => {
    const roles = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
    await client.query(`${roles.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await createDatabase(client, name, name);
  });
  return password;
}

/** Makes the sample database where it is missing, and anew where it is half made or of another version. */
export async function prepareSampleDatabase(server: PostgresServer): Promise<SampleDatabase> {
  // By a name that build tools cannot see: the package stands on this one, and a static import would close a circle.
  const name: string = '@tributary/testing/sql-sample';
  const { installSample, SAMPLE_ARCHIVE, SAMPLE_READER } = (await import(name)) as SampleModule;
  const url = new URL(server.url);
  url.pathname = `/${SAMPLE}`;
  const password = newPassword();
  const install = async (): Promise<void> => {
    await asSuperuser(server, (client) => createDatabase(client, SAMPLE, server.user));
    await installSample(url.href, { readerPassword: password });
  };
  try {
    await install();
  } catch {
    await asSuperuser(server, async (client) => {
      for (const database of [SAMPLE, SAMPLE_ARCHIVE]) await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    });
    await install();
  }
  return { user: SAMPLE_READER, password, database: SAMPLE, archive: SAMPLE_ARCHIVE };
}

async function asSuperuser(server: PostgresServer, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const known = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (known.rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

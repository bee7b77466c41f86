import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PostgresServer } from '../servers/index.js';

const STATE = 'tributary_state';
const SAMPLE = 'sample';

export interface StackDatabases {
  /** Connection URL of the state store, with a role of its own. */
  readonly stateUrl: string;
  /** Connection URL of the sample database, as its owner. */
  readonly sampleUrl: string;
  readonly sample: { readonly user: string; readonly password: string; readonly database: string };
}

/** Makes the databases of the stack where they are missing. The password of the state store is new at each start. */
export async function prepareDatabases(server: PostgresServer): Promise<StackDatabases> {
  const password = randomBytes(18).toString('base64url');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const roles = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [STATE]);
    const verb = roles.rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${STATE} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await createDatabase(client, STATE, STATE);
    await createDatabase(client, SAMPLE, server.user);
  } finally {
    await client.end();
  }
  const sampleUrl = new URL(server.url);
  sampleUrl.pathname = `/${SAMPLE}`;
  return {
    stateUrl: `postgres://${STATE}:${password}@${server.host}:${server.port}/${STATE}?sslmode=disable`,
    sampleUrl: sampleUrl.href,
    sample: { user: server.user, password: server.password, database: SAMPLE },
  };
}

async function createDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const known = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (known.rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
}

/** Fills the sample database; does nothing where that has been done. */
export async function installSampleDatabase(url: string): Promise<void> {
  // By a name that build tools cannot see: the package stands on this one, and a static import would close a circle.
  const sample: string = '@tributary/testing/sql-sample';
  const { installSample } = (await import(sample)) as { installSample: (url: string) => Promise<void> };
  await installSample(url);
}

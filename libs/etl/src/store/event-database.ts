import type { Kysely } from 'kysely';
import type { Secret, SecretScrubber } from '@tributary/common';
import { Connection } from './database/connection.js';
import { DatabaseErrors } from './database/database-errors.js';
import { PasswordKeeper, type PasswordSource } from './database/password-keeper.js';
import type { Tables } from './database/tables.js';
import { assertSchemaName, parseDatabaseUrl } from './database/url.js';
import { countEvents } from './events/count-events.js';
import { IdentityTable } from './identities.js';
import { closeAbandonedRun } from './ledger/close-abandoned.js';
import { PostgresRunLedger } from './ledger/run-ledger.js';
import { openRow } from './ledger/run-row.js';
import { prepareSchema } from './schema/prepare.js';
import type { EventDatabase, RunDescription, RunLedger } from './types.js';

const MAX_CONNECTIONS = 8;

export interface EventDatabaseOptions {
  /** `postgres://user@host[:port]/database[?sslmode=…]`, without a password. */
  readonly url: string;
  /** A function is asked before the first connection, and again when the server refuses what it gave. */
  readonly password?: PasswordSource;
  /** Schema that the tables are in. @default "tributary" */
  readonly schema?: string;
  /** Learns the password and the key for as long as the database is open. */
  readonly scrubber?: SecretScrubber;
  /** Key of the hashes that stand for names without an entry in the table identities. */
  readonly identityKey?: Secret;
  /** Shown in pg_stat_activity. @default "tributary" */
  readonly applicationName?: string;
  /** Connections open at a time. @default 8 */
  readonly maxConnections?: number;
}

/** The events database with what only its owner uses. */
export interface OpenEventDatabase extends EventDatabase {
  readonly identities: IdentityTable;
  /** The tables, for queries. Times are RFC 3339 with microseconds, counters numbers. */
  readonly db: Kysely<Tables>;
}

/**
 * The events database at a URL. Connects when it is first used; every call rejects with a coded error.
 * @throws CodedError ETL_DATABASE_URL_INVALID, ETL_DATABASE_SCHEMA_INVALID
 */
export function openEventDatabase(options: EventDatabaseOptions): OpenEventDatabase {
  const { url, password, schema = 'tributary', scrubber, identityKey, applicationName = 'tributary', maxConnections = MAX_CONNECTIONS } = options;
  const place = parseDatabaseUrl(url);
  assertSchemaName(schema);
  const errors = new DatabaseErrors(place, schema);
  const forget: (() => void)[] = [];
  const learn = (secret: Secret): void => {
    errors.learn(secret);
    if (scrubber) forget.push(scrubber.add(secret));
  };
  if (identityKey) learn(identityKey);
  const passwords = new PasswordKeeper(password, learn);
  const connection = new Connection({ ...place, passwords, applicationName, maxConnections }, schema, errors);
  return {
    identities: new IdentityTable(connection, identityKey),
    db: connection.db,
    prepare: (how) => prepareSchema(connection, how),
    openRun: async (run: RunDescription, attempt: number): Promise<RunLedger> => {
      const id = await openRow(connection, run, attempt);
      return new PostgresRunLedger({ connection, id, attempt, run });
    },
    closeAbandonedRun: () => closeAbandonedRun(connection),
    countEvents: (first, last) => countEvents(connection, first, last),
    close: async () => {
      await connection.close();
      for (const release of forget) release();
    },
  };
}

import { defineError } from '@tributary/common';

export const ETL_DATABASE_URL_INVALID = defineError('ETL_DATABASE_URL_INVALID', {
  recovery: 'fatal',
  message: 'The URL of the events database is invalid: {reason}. Allowed: postgres://<user>@<host>[:<port>]/<database>[?sslmode=disable|prefer|require|verify-full]',
  fix: 'Correct TRIBUTARY_EVENTS_URL. The password belongs into a secret that TRIBUTARY_EVENTS_PASSWORD refers to.',
});

export const ETL_DATABASE_SCHEMA_INVALID = defineError('ETL_DATABASE_SCHEMA_INVALID', {
  recovery: 'fatal',
  message: 'Received {schema} as schema of the events database. Allowed: 1 to 63 bytes that begin neither with "pg_" nor hold a NUL.',
  fix: 'Correct TRIBUTARY_EVENTS_SCHEMA.',
});

export const ETL_DATABASE_UNREACHABLE = defineError('ETL_DATABASE_UNREACHABLE', {
  recovery: 'retry',
  message: 'The events database at {host}:{port} does not answer: {reason}',
  fix: 'Check host and port in TRIBUTARY_EVENTS_URL, that the server runs and accepts connections, and that the network lets this machine reach it.',
});

export const ETL_DATABASE_SIGN_IN_FAILED = defineError('ETL_DATABASE_SIGN_IN_FAILED', {
  recovery: 'fatal',
  status: 401,
  message: 'The events database at {host}:{port} refused user "{user}" for database "{database}": {reason}',
  fix: 'Check the user in TRIBUTARY_EVENTS_URL, that the secret of TRIBUTARY_EVENTS_PASSWORD holds the current password, and that pg_hba.conf admits this user from here.',
});

export const ETL_DATABASE_UNKNOWN = defineError('ETL_DATABASE_UNKNOWN', {
  recovery: 'fatal',
  message: 'The server at {host}:{port} has no database "{database}"',
  fix: 'Create the database, or correct its name in TRIBUTARY_EVENTS_URL; names are case sensitive.',
});

export const ETL_DATABASE_TLS_UNSUPPORTED = defineError('ETL_DATABASE_TLS_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'sslmode is "{sslMode}", but the events database at {host}:{port} offers no TLS',
  fix: 'Switch ssl on at the server, or set sslmode to "prefer" or "disable" where plain text is acceptable.',
});

export const ETL_DATABASE_TLS_UNTRUSTED = defineError('ETL_DATABASE_TLS_UNTRUSTED', {
  recovery: 'fatal',
  message: 'The certificate of the events database at {host}:{port} cannot be verified: {reason}',
  fix: 'Give the certificate authority in NODE_EXTRA_CA_CERTS, use the host name that the certificate names, or set sslmode to "require" to go without verification.',
});

export const ETL_DATABASE_CONNECTION_LOST = defineError('ETL_DATABASE_CONNECTION_LOST', {
  recovery: 'retry',
  message: 'The connection to the events database at {host}:{port} broke while {what}: {reason}',
  fix: 'Nothing to do if it was a restart or fail-over: the run goes on from its ledger. Otherwise see the log of the server.',
});

export const ETL_DATABASE_BUSY = defineError('ETL_DATABASE_BUSY', {
  recovery: 'retry',
  message: 'The events database at {host}:{port} could not go on with {what} (SQLSTATE {sqlState}): {reason}',
  fix: 'It is tried again. If it persists, see the log of the server for its connections, memory and locks.',
});

export const ETL_DATABASE_TIMEOUT = defineError('ETL_DATABASE_TIMEOUT', {
  recovery: 'retry',
  status: 504,
  message: 'The events database at {host}:{port} took too long with {what}: {reason}',
  fix: 'It is tried again. If it persists, look for what holds locks (pg_locks) or slows the server down.',
});

export const ETL_DATABASE_FULL = defineError('ETL_DATABASE_FULL', {
  recovery: 'retry',
  status: 507,
  message: 'The events database at {host}:{port} has no space left for {what}: {reason}',
  fix: 'Give its file system more space; the run goes on from where it is.',
});

export const ETL_DATABASE_READ_ONLY = defineError('ETL_DATABASE_READ_ONLY', {
  recovery: 'retry',
  message: 'The events database at {host}:{port} is read only: {reason}',
  fix: 'Point TRIBUTARY_EVENTS_URL to the primary, or wait for the end of the fail-over. See default_transaction_read_only of role and database if it is the primary.',
});

export const ETL_DATABASE_PERMISSION_DENIED = defineError('ETL_DATABASE_PERMISSION_DENIED', {
  recovery: 'fatal',
  status: 403,
  message: 'Role "{user}" lacks rights in the events database "{database}" for {what}: {reason}',
  fix: 'Have an owner run: {grant}',
});

export const ETL_DATABASE_UNSUITABLE = defineError('ETL_DATABASE_UNSUITABLE', {
  recovery: 'fatal',
  message: 'Events cannot be kept in database "{database}" at {host}:{port}: {reason}',
  fix: 'Use a database with encoding UTF8 on PostgreSQL 14 or newer.',
});

export const ETL_DATABASE_FAILED = defineError('ETL_DATABASE_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'The events database refused {what} with SQLSTATE {sqlState}: {reason}',
  fix: 'Report it with this text.',
});

export const ETL_SCHEMA_NEWER = defineError('ETL_SCHEMA_NEWER', {
  recovery: 'fatal',
  message: 'Schema "{schema}" of the events database was made by a newer version: it has the migrations {unknown}, this version ends with {latest}',
  fix: 'Run the version that migrated it, or a newer one. Migrations are not undone.',
});

export const ETL_SCHEMA_OUTDATED = defineError('ETL_SCHEMA_OUTDATED', {
  recovery: 'fatal',
  message: 'Schema "{schema}" of the events database lacks the migrations {missing}',
  fix: 'Start one worker with TRIBUTARY_EVENTS_MIGRATE=true and a role that may create tables; it migrates and goes on.',
});

export const ETL_SCHEMA_CHANGED = defineError('ETL_SCHEMA_CHANGED', {
  recovery: 'fatal',
  message: 'Schema "{schema}" of the events database is not as its migrations made it: {differences}',
  fix: 'Undo what was changed by hand: docs/events-database.md lists every table, column and index. Columns that take NULL or have a default, indexes and tables of your own may be added.',
});

export const ETL_RUN_SUPERSEDED = defineError('ETL_RUN_SUPERSEDED', {
  recovery: 'fatal',
  status: 409,
  message: 'Attempt {attempt} of run {run} was superseded by attempt {latest}; it can write nothing any more',
  fix: 'Nothing to do: the later attempt goes on with the run.',
});

export const ETL_RUN_CLOSED = defineError('ETL_RUN_CLOSED', {
  recovery: 'fatal',
  status: 409,
  message: 'Run {run} has ended; nothing can be added to it',
  fix: 'Start a new run.',
});

export const ETL_LEDGER_CONFLICT = defineError('ETL_LEDGER_CONFLICT', {
  recovery: 'retry',
  status: 409,
  message: 'Unit {unit} of run {run} is {found} in the ledger, expected {expected}',
  fix: 'Nothing to do: the next attempt goes on from the ledger. If it persists, report it with this text.',
});

export const ETL_UNIT_UNREAD = defineError('ETL_UNIT_UNREAD', {
  recovery: 'retry',
  message: 'Not read to its end when the run ended',
  fix: 'Run the query again. An incremental run reads it again by itself.',
});

export const ETL_IDENTITY_KEY_MISSING = defineError('ETL_IDENTITY_KEY_MISSING', {
  recovery: 'fatal',
  message: 'A name of source {sourceKindId} is not in the table identities, and there is no key to hash it with',
  fix: 'Set TRIBUTARY_IDENTITY_KEY to the reference of a secret with at least 32 random bytes, and keep that secret: with another key the same names get other ids.',
});

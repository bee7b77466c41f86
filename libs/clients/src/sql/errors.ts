import { defineError } from '@tributary/common';

export const SQL_SOURCE_UNREACHABLE = defineError('SQL_SOURCE_UNREACHABLE', {
  recovery: 'retry',
  message: 'No PostgreSQL server answered at {host}:{port}: {reason}',
  fix: 'Check host and port, that the server runs and accepts connections, and that the network lets this machine reach it.',
});

export const SQL_TOO_MANY_CONNECTIONS = defineError('SQL_TOO_MANY_CONNECTIONS', {
  recovery: 'retry',
  message: 'The server at {host}:{port} has no connection left for user "{user}" in database "{database}": {reason}',
  fix: 'Wait until others disconnect, raise max_connections, or raise the connection limit of the role or database.',
});

export const SQL_SIGN_IN_FAILED = defineError('SQL_SIGN_IN_FAILED', {
  recovery: 'fatal',
  status: 401,
  message: 'The server at {host}:{port} refused user "{user}" for database "{database}": {reason}',
  fix: 'Check user name and password, that the secret holds the current password, and that pg_hba.conf admits this user from here.',
});

export const SQL_DATABASE_UNKNOWN = defineError('SQL_DATABASE_UNKNOWN', {
  recovery: 'fatal',
  message: 'The server at {host}:{port} has no database "{database}"',
  fix: 'Name a database of the server (psql -l lists them); names are case sensitive.',
});

export const SQL_DATABASE_CLOSED = defineError('SQL_DATABASE_CLOSED', {
  recovery: 'fatal',
  message: 'Database "{database}" of the server at {host}:{port} takes no connections: {reason}',
  fix: 'Have its owner run ALTER DATABASE … WITH ALLOW_CONNECTIONS true, or name another database.',
});

export const SQL_SERVER_UNSUPPORTED = defineError('SQL_SERVER_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'The server at {host}:{port} is PostgreSQL {version}; 12 and newer are read',
  fix: 'Upgrade the server.',
});

export const SQL_TLS_UNSUPPORTED = defineError('SQL_TLS_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'sslMode is "{sslMode}", but the server at {host}:{port} offers no TLS',
  fix: 'Switch ssl on at the server, or set sslMode to "prefer" or "disable" where plain text is acceptable.',
});

export const SQL_TLS_UNTRUSTED = defineError('SQL_TLS_UNTRUSTED', {
  recovery: 'fatal',
  message: 'The certificate of {host}:{port} cannot be verified: {reason}',
  fix: 'Give the certificate authority in NODE_EXTRA_CA_CERTS, use the host name that the certificate names, or set sslMode to "require" to go without verification.',
});

export const SQL_CONNECTION_LOST = defineError('SQL_CONNECTION_LOST', {
  recovery: 'retry',
  message: 'The connection to database "{database}" at {host}:{port} broke: {reason}',
  fix: 'Nothing to do if it was a restart or fail-over: the read resumes. Otherwise see the log of the server.',
});

export const SQL_STATEMENT_TIMEOUT = defineError('SQL_STATEMENT_TIMEOUT', {
  recovery: 'retry',
  status: 504,
  message: 'Reading {what} of database "{database}" took longer than {timeoutMs} ms',
  fix: 'Raise options.statementTimeoutMs, read fewer schemas by filters, or leave options.relationSizes off.',
});

export const SQL_STATEMENT_CANCELLED = defineError('SQL_STATEMENT_CANCELLED', {
  recovery: 'retry',
  message: 'Somebody else cancelled reading {what} of database "{database}"',
  fix: 'Ask the administrator of the server who ran pg_cancel_backend, and why.',
});

export const SQL_LOCK_TIMEOUT = defineError('SQL_LOCK_TIMEOUT', {
  recovery: 'retry',
  message: 'Reading {what} of database "{database}" waited more than {timeoutMs} ms for a lock',
  fix: 'A long DDL transaction holds the lock: wait for it, or see pg_locks for who it is.',
});

export const SQL_PERMISSION_DENIED = defineError('SQL_PERMISSION_DENIED', {
  recovery: 'fatal',
  status: 403,
  message: 'Role "{user}" may not read {what} of database "{database}": {reason}',
  fix: 'Have an owner run: {grant}',
});

export const SQL_CATALOG_CHANGED = defineError('SQL_CATALOG_CHANGED', {
  recovery: 'retry',
  message: 'Objects of database "{database}" were changed while {what} were read: {reason}',
  fix: 'Nothing to do: it is read again. If it persists, run while no migrations do.',
});

export const SQL_QUERY_FAILED = defineError('SQL_QUERY_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'Reading {what} of database "{database}" (PostgreSQL {version}) failed with SQLSTATE {sqlState}: {reason}',
  fix: 'Report it with this text: the catalog queries are expected to work on every supported server.',
});

export const SQL_SERVER_BUSY = defineError('SQL_SERVER_BUSY', {
  recovery: 'retry',
  message: 'The server at {host}:{port} could not read {what} of database "{database}" now (SQLSTATE {sqlState}): {reason}',
  fix: 'It is tried again. If it persists, see the log of the server for its memory, disk and standby conflicts.',
});

export const SQL_FILTER_INVALID = defineError('SQL_FILTER_INVALID', {
  recovery: 'fatal',
  message: 'Filter pattern {pattern} of {level} is invalid: {reason}',
  fix: 'A pattern is a glob over the whole name: * any characters, ? one character, \\ takes the next one literally.',
});

export const SQL_TEXT_UNCONVERTIBLE = defineError('SQL_TEXT_UNCONVERTIBLE', {
  recovery: 'fatal',
  message: 'Text could not be converted between UTF-8 and the encoding of database "{database}" while {what} were read: {reason}',
  fix: 'If a filter has a character that the encoding lacks, bind that rule to other databases by its "database" pattern. Otherwise a name or comment holds bytes that its encoding does not allow: correct or exclude it.',
});

export const SQL_CURSOR_INVALID = defineError('SQL_CURSOR_INVALID', {
  recovery: 'fatal',
  message: 'Cursor {cursor} is no place in the list of kind "{kind}"',
  fix: 'Use a cursor that cursorOf made for the same kind, unchanged.',
});

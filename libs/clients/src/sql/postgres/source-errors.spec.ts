import { Secret, type CodedError } from '@tributary/common';
import { SourceErrors } from './source-errors.js';

const errors = new SourceErrors({
  host: 'db.example.com',
  port: 5432,
  user: 'reader',
  password: new Secret('hunter22/+'),
  database: 'shop',
  sslMode: 'verify-full',
  applicationName: 'test',
  statementTimeoutMs: 1_000,
});
const driverError = (code: string, message = 'server text'): Error => Object.assign(new Error(message), { code });

describe('signing in', () => {
  it.each([
    ['28P01', 'SQL_SIGN_IN_FAILED', 'fatal'],
    ['28000', 'SQL_SIGN_IN_FAILED', 'fatal'],
    ['3D000', 'SQL_DATABASE_UNKNOWN', 'fatal'],
    ['42501', 'SQL_PERMISSION_DENIED', 'fatal'],
    ['53300', 'SQL_TOO_MANY_CONNECTIONS', 'retry'],
    ['57P03', 'SQL_SOURCE_UNREACHABLE', 'retry'],
    ['ECONNREFUSED', 'SQL_SOURCE_UNREACHABLE', 'retry'],
    ['EPIPE', 'SQL_SOURCE_UNREACHABLE', 'retry'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'SQL_TLS_UNTRUSTED', 'fatal'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SQL_TLS_UNTRUSTED', 'fatal'],
    ['CERT_HAS_EXPIRED', 'SQL_TLS_UNTRUSTED', 'fatal'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'SQL_TLS_UNTRUSTED', 'fatal'],
  ])('with %s is %s', (code, expected, recovery) => {
    expect(errors.ofSignIn(driverError(code))).toMatchObject({ code: expected, recovery });
  });

  it('without a password that the server wants is a failed sign-in', () => {
    expect(errors.ofSignIn(new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string'))).toMatchObject({ code: 'SQL_SIGN_IN_FAILED' });
  });

  it('at a host whose name speaks of passwords may just be unreachable', () => {
    expect(errors.ofSignIn(driverError('ENOTFOUND', 'getaddrinfo ENOTFOUND passwords.example.com'))).toMatchObject({ code: 'SQL_SOURCE_UNREACHABLE' });
  });

  it('tells the first of several addresses', () => {
    const both = new AggregateError([driverError('ECONNREFUSED', 'connect ECONNREFUSED ::1:5432'), driverError('ECONNREFUSED')], '');
    expect(errors.ofSignIn(both)).toMatchObject({ code: 'SQL_SOURCE_UNREACHABLE', message: expect.stringContaining('::1:5432') as string });
  });
});

describe('a statement', () => {
  it.each([
    ['57P01', 'SQL_CONNECTION_LOST', 'retry'],
    ['25P03', 'SQL_CONNECTION_LOST', 'retry'],
    ['08006', 'SQL_CONNECTION_LOST', 'retry'],
    ['ECONNRESET', 'SQL_CONNECTION_LOST', 'retry'],
    ['55P03', 'SQL_LOCK_TIMEOUT', 'retry'],
    ['40001', 'SQL_SERVER_BUSY', 'retry'],
    ['53200', 'SQL_SERVER_BUSY', 'retry'],
    ['XX000', 'SQL_CATALOG_CHANGED', 'retry'],
    ['42P01', 'SQL_CATALOG_CHANGED', 'retry'],
    ['42601', 'SQL_QUERY_FAILED', 'fatal'],
  ])('that fails with %s is %s', (code, expected, recovery) => {
    expect(errors.ofStatement(driverError(code), 'columns', 5)).toMatchObject({ code: expected, recovery });
  });

  it('that is cancelled early was cancelled by somebody, late by the time-out', () => {
    expect(errors.ofStatement(driverError('57014'), 'columns', 100)).toMatchObject({ code: 'SQL_STATEMENT_CANCELLED' });
    expect(errors.ofStatement(driverError('57014'), 'columns', 1_001)).toMatchObject({ code: 'SQL_STATEMENT_TIMEOUT', message: expect.stringContaining('1000 ms') as string });
  });

  it('that may not read a catalog gets the GRANT for it, whatever the language of the server', () => {
    expect(errors.ofStatement(driverError('42501', 'keine Berechtigung für Tabelle pg_proc'), 'routines', 1)).toMatchObject({
      fix: 'Have an owner run: GRANT SELECT ON pg_catalog.pg_proc TO "reader"',
    });
  });
});

it('takes the password out of message, cause and stack, in every form', () => {
  const text = 'hunter22/+ hunter22%2F%2B postgres://reader:hunter22%2F%2B@db.example.com';
  const error = errors.ofStatement(driverError('XX000', text), 'columns', 1) as CodedError;
  const cause = error.cause as Error;
  for (const said of [error.message, error.stack, cause.message, cause.stack]) {
    expect(said).toContain('[secret]');
    expect(said).not.toContain('hunter22');
  }
});

import { Secret } from '@tributary/common';
import { DatabaseErrors } from './database-errors.js';
import { parseDatabaseUrl } from './url.js';

const PASSWORD = 'canary/9c2e ä';
const errors = new DatabaseErrors(parseDatabaseUrl('postgres://etl@db.example/events?sslmode=verify-full'), 'my "schema"');
errors.learn(new Secret(PASSWORD));
const thrown = (code: string | undefined, message = 'as the server says'): Error => Object.assign(new Error(message), code === undefined ? {} : { code });

it.each([
  ['40001', 'ETL_DATABASE_BUSY', 'retry', 'conflict'],
  ['40P01', 'ETL_DATABASE_BUSY', 'retry', 'conflict'],
  ['57P01', 'ETL_DATABASE_CONNECTION_LOST', 'retry', 'connection'],
  ['57P03', 'ETL_DATABASE_CONNECTION_LOST', 'retry', 'connection'],
  ['08006', 'ETL_DATABASE_CONNECTION_LOST', 'retry', 'connection'],
  ['25P03', 'ETL_DATABASE_CONNECTION_LOST', 'retry', 'connection'],
  ['53300', 'ETL_DATABASE_BUSY', 'retry', 'connection'],
  ['53200', 'ETL_DATABASE_BUSY', 'retry', 'none'],
  ['53100', 'ETL_DATABASE_FULL', 'retry', 'none'],
  ['57014', 'ETL_DATABASE_TIMEOUT', 'retry', 'none'],
  ['55P03', 'ETL_DATABASE_TIMEOUT', 'retry', 'none'],
  ['25006', 'ETL_DATABASE_READ_ONLY', 'retry', 'none'],
  ['42501', 'ETL_DATABASE_PERMISSION_DENIED', 'fatal', 'none'],
  ['28P01', 'ETL_DATABASE_SIGN_IN_FAILED', 'fatal', 'none'],
  ['28000', 'ETL_DATABASE_SIGN_IN_FAILED', 'fatal', 'none'],
  ['3D000', 'ETL_DATABASE_UNKNOWN', 'fatal', 'none'],
  ['42P01', 'ETL_SCHEMA_CHANGED', 'fatal', 'none'],
  ['42703', 'ETL_SCHEMA_CHANGED', 'fatal', 'none'],
  ['23514', 'ETL_DATABASE_FAILED', 'fatal', 'none'],
  ['ECONNREFUSED', 'ETL_DATABASE_UNREACHABLE', 'retry', 'connection'],
  ['ENOTFOUND', 'ETL_DATABASE_UNREACHABLE', 'retry', 'connection'],
  ['ECONNRESET', 'ETL_DATABASE_CONNECTION_LOST', 'retry', 'connection'],
  ['EPIPE', 'ETL_DATABASE_CONNECTION_LOST', 'retry', 'connection'],
  ['CERT_HAS_EXPIRED', 'ETL_DATABASE_TLS_UNTRUSTED', 'fatal', 'none'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'ETL_DATABASE_TLS_UNTRUSTED', 'fatal', 'none'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ETL_DATABASE_TLS_UNTRUSTED', 'fatal', 'none'],
])('reads %s as %s', (code, expected, recovery, trouble) => {
  const error = errors.of(thrown(code), 'loading events');
  expect(error).toMatchObject({ code: expected, recovery });
  expect(`${error.message} ${(error as unknown as { fix: string }).fix}`).not.toMatch(/\{\w+\}/);
  expect(errors.troubleOf(thrown(code))).toBe(trouble);
});

it.each([
  ['Connection terminated unexpectedly', 'ETL_DATABASE_CONNECTION_LOST', 'connection'],
  ['timeout exceeded when trying to connect', 'ETL_DATABASE_UNREACHABLE', 'connection'],
  ['The server does not support SSL connections', 'ETL_DATABASE_TLS_UNSUPPORTED', 'none'],
  ['SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature is missing', 'ETL_DATABASE_SIGN_IN_FAILED', 'none'],
])('reads "%s" as %s', (message, code, trouble) => {
  expect(errors.of(thrown(undefined, message), 'loading events')).toMatchObject({ code });
  expect(errors.troubleOf(thrown(undefined, message))).toBe(trouble);
});

it('takes the first of the errors of several addresses', () => {
  expect(errors.of(new AggregateError([thrown('ECONNREFUSED', 'connect ::1'), thrown('ETIMEDOUT')]), 'x')).toMatchObject({
    code: 'ETL_DATABASE_UNREACHABLE', message: expect.stringContaining('connect ::1') as string,
  });
});

it('takes the password out of texts, in every form, and keeps what the driver adds out of the cause', () => {
  const forms = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString('base64')];
  const raw = Object.assign(thrown('23514', `failed with ${forms.join(' and ')}`), { detail: 'Failing row contains (alice)' });
  const error = errors.of(raw, 'loading events');
  const text = JSON.stringify([error.message, error.stack, (error.cause as Error).message, (error.cause as Error).stack, error.cause]);
  for (const form of [...forms, 'alice']) expect(text).not.toContain(form);
});

it('leaves coded errors as they are', () => {
  const coded = errors.of(thrown('3D000'), 'x');
  expect(errors.of(coded, 'y')).toBe(coded);
  expect(errors.troubleOf(coded)).toBe('none');
});

it('quotes names in the statements that it recommends', () => {
  expect(errors.of(thrown('42501'), 'x')).toMatchObject({ fix: expect.stringContaining('GRANT USAGE ON SCHEMA "my ""schema""" TO "etl"') as string });
});

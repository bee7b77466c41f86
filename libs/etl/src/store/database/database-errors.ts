import { SecretScrubber, isCodedError, type Secret } from '@tributary/common';
import * as errors from '../errors.js';
import { quoteIdentifier } from './quote-identifier.js';
import type { DatabasePlace } from './url.js';

/** What is worth another try of the same transaction, and how it may have ended. */
export type Trouble = 'conflict' | 'connection' | 'none';

/** Turns what the driver throws into coded errors, with every credential taken out of texts and causes. */
export class DatabaseErrors {
  readonly #scrubber = new SecretScrubber();

  constructor(
    private readonly place: DatabasePlace,
    private readonly schema: string,
  ) {}

  /** Takes a secret out of texts from now on. */
  learn(secret: Secret): void {
    this.#scrubber.add(secret);
  }

  /** What kind of trouble an error of the driver is. */
  troubleOf(error: unknown): Trouble {
    if (isCodedError(error)) return 'none';
    const { sqlState, code } = this.#takeApart(error);
    if (/^(40001|40P01)$/.test(sqlState)) return 'conflict';
    if (/^(08|57P0[1-5]|53300|25P0[34])/.test(sqlState)) return 'connection';
    return sqlState === '' && !isSignIn(code, error) && !isTls(code, error) ? 'connection' : 'none';
  }

  /** The coded error for what failed while `what`: what was being done. */
  of(error: unknown, what: string): Error {
    if (isCodedError(error)) return error;
    const { sqlState, code, reason, cause } = this.#takeApart(error);
    const { host, port, user, database, sslMode } = this.place;
    const parameters = { host, port, user, database, sslMode, schema: this.schema, what, reason, sqlState };
    const because = { cause };
    if (/^28/.test(sqlState) || isSignIn(code, error)) return errors.ETL_DATABASE_SIGN_IN_FAILED(parameters, because);
    if (sqlState === '3D000') return errors.ETL_DATABASE_UNKNOWN(parameters, because);
    if (isMissingTls(error)) return errors.ETL_DATABASE_TLS_UNSUPPORTED(parameters, because);
    if (isTls(code, error)) return errors.ETL_DATABASE_TLS_UNTRUSTED(parameters, because);
    if (sqlState === '42501') return errors.ETL_DATABASE_PERMISSION_DENIED({ ...parameters, grant: this.grant() }, because);
    if (sqlState === '25006') return errors.ETL_DATABASE_READ_ONLY(parameters, because);
    if (sqlState === '53100') return errors.ETL_DATABASE_FULL(parameters, because);
    if (sqlState === '57014' || sqlState === '55P03') return errors.ETL_DATABASE_TIMEOUT(parameters, because);
    if (/^(42P01|42703|3F000|42704)$/.test(sqlState)) return errors.ETL_SCHEMA_CHANGED({ ...parameters, differences: reason }, because);
    if (/^(08|57P|25P0[34])/.test(sqlState)) return errors.ETL_DATABASE_CONNECTION_LOST(parameters, because);
    if (/^(40|53|55|57|58)/.test(sqlState)) return errors.ETL_DATABASE_BUSY(parameters, because);
    if (sqlState !== '') return errors.ETL_DATABASE_FAILED(parameters, because);
    return /terminated|ECONNRESET|EPIPE/.test(`${code} ${reason}`)
      ? errors.ETL_DATABASE_CONNECTION_LOST(parameters, because)
      : errors.ETL_DATABASE_UNREACHABLE(parameters, because);
  }

  /** What an owner runs so that the role can work on a migrated schema. */
  grant(): string {
    const [schema, role] = [quoteIdentifier(this.schema), quoteIdentifier(this.place.user)];
    return `GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`;
  }

  #takeApart(error: unknown): { sqlState: string; code: string; reason: string; cause: Error } {
    const { message, code, stack } = first(error);
    const reason = this.#scrubber.scrub(message);
    const cause = new Error(reason);
    cause.stack = this.#scrubber.scrub(stack ?? '');
    // The driver's own codes are longer (ECONNREFUSED), but for EPIPE and the like.
    const sqlState = /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : '';
    return { sqlState, code, reason, cause };
  }
}

/** Whether the server answered that it has no TLS. */
export function isMissingTls(error: unknown): boolean {
  return error instanceof Error && error.message === 'The server does not support SSL connections';
}

function isSignIn(code: string, error: unknown): boolean {
  return (code === '' && /^SASL|password|authenticat/i.test(first(error).message)) || /^28/.test(code);
}

function isTls(code: string, error: unknown): boolean {
  return isMissingTls(error) || /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code);
}

/** The parts of whatever was thrown; of several attempts (one per address) the first. */
function first(error: unknown): { message: string; code: string; stack?: string } {
  const inner: unknown = error instanceof AggregateError && error.errors.length ? error.errors[0] : error;
  const { message = String(inner), code = '', stack } = inner as Partial<Error> & { code?: unknown };
  return { message: message || String(code), code: String(code), ...(stack !== undefined && { stack }) };
}

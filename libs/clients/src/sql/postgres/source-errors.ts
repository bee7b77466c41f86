import { SecretScrubber, isCodedError } from '@tributary/common';
import type { CatalogConnectionOptions } from '../catalog.js';
import * as errors from '../errors.js';
import { grantOf } from './needed-privileges.js';

/** Turns what the driver throws into coded errors, with every credential taken out of texts and causes. */
export class SourceErrors {
  readonly #scrubber = new SecretScrubber();
  /** As server_version, once known. */
  version = 'unknown';

  constructor(private readonly options: Omit<CatalogConnectionOptions, 'scrubber' | 'signal'>) {
    if (options.password) this.#scrubber.add(options.password);
  }

  /** The coded error for a failure to sign in. */
  ofSignIn(error: unknown): Error {
    if (isCodedError(error)) return error;
    const { host, port, user, database, sslMode } = this.options;
    const { sqlState, code, reason, cause } = this.#takeApart(error);
    const parameters = { host, port, user, database, sslMode, reason };
    if (sqlState === '28P01' || sqlState === '28000' || /^SASL|password|authenticat/i.test(code === '' ? reason : '')) {
      return errors.SQL_SIGN_IN_FAILED(parameters, { cause });
    }
    if (sqlState === '3D000') return errors.SQL_DATABASE_UNKNOWN(parameters, { cause });
    if (sqlState === '55000') return errors.SQL_DATABASE_CLOSED(parameters, { cause });
    if (sqlState === '42501') {
      const grant = `GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)}`;
      return errors.SQL_PERMISSION_DENIED({ ...parameters, what: 'anything', grant }, { cause });
    }
    if (sqlState === '53300') return errors.SQL_TOO_MANY_CONNECTIONS(parameters, { cause });
    if (isMissingTls(error)) return errors.SQL_TLS_UNSUPPORTED(parameters, { cause });
    if (/^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code)) return errors.SQL_TLS_UNTRUSTED(parameters, { cause });
    return errors.SQL_SOURCE_UNREACHABLE(parameters, { cause });
  }

  /** The coded error for a statement that failed `elapsedMs` after it was sent. `what`: what it was reading. */
  ofStatement(error: unknown, what: string, elapsedMs: number): Error {
    if (isCodedError(error)) return error;
    const { host, port, user, database, statementTimeoutMs } = this.options;
    const { sqlState, reason, cause } = this.#takeApart(error);
    const parameters = { host, port, user, database, what, reason, sqlState, version: this.version, timeoutMs: statementTimeoutMs };
    const because = { cause };
    if (sqlState === '') return errors.SQL_CONNECTION_LOST(parameters, because);
    // Both ways to cancel share a state, and texts are in the server's language: the clock tells them apart.
    if (sqlState === '57014') {
      return elapsedMs < statementTimeoutMs * 0.9
        ? errors.SQL_STATEMENT_CANCELLED(parameters, because)
        : errors.SQL_STATEMENT_TIMEOUT(parameters, because);
    }
    if (sqlState === '55P03') return errors.SQL_LOCK_TIMEOUT({ ...parameters, timeoutMs: lockTimeoutMs(statementTimeoutMs) }, because);
    if (sqlState === '42501') return errors.SQL_PERMISSION_DENIED({ ...parameters, grant: this.#grantFor(reason) }, because);
    if (sqlState === '22021' || sqlState === '22P05') return errors.SQL_TEXT_UNCONVERTIBLE(parameters, because);
    if (/^(08|57P|25P0[34])/.test(sqlState)) return errors.SQL_CONNECTION_LOST(parameters, because);
    if (/^(40|53|55|57|58)/.test(sqlState)) return errors.SQL_SERVER_BUSY(parameters, because);
    // Definitions are deparsed from the latest catalog, not from the snapshot: a concurrent DROP shows as one of these.
    if (/^(XX000|42P01|42703|42883|42704)$/.test(sqlState)) return errors.SQL_CATALOG_CHANGED(parameters, because);
    return errors.SQL_QUERY_FAILED(parameters, because);
  }

  /** The catalog is open to everybody unless somebody revoked that; the server names what was revoked, in any language. */
  #grantFor(reason: string): string {
    const role = quoteIdentifier(this.options.user);
    const grants = (reason.match(/\w+/g) ?? []).flatMap((word) => grantOf(word, role) ?? []);
    return grants[0] ?? `GRANT pg_read_all_stats TO ${role}`;
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

/** Longest wait for a lock, in milliseconds: DDL holds those that definitions need. */
export function lockTimeoutMs(statementTimeoutMs: number): number {
  return Math.min(30_000, Math.ceil(statementTimeoutMs / 2));
}

/** Whether the server answered that it has no TLS. */
export function isMissingTls(error: unknown): boolean {
  return error instanceof Error && error.message === 'The server does not support SSL connections';
}

/** `name` as SQL writes an identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The parts of whatever was thrown; of several attempts (one per address) the first. */
function first(error: unknown): { message: string; code: string; stack?: string } {
  const inner: unknown = error instanceof AggregateError && error.errors.length ? error.errors[0] : error;
  const { message = String(inner), code = '', stack } = inner as Partial<Error> & { code?: unknown };
  return { message: message || String(code), code: String(code), ...(stack !== undefined && { stack }) };
}

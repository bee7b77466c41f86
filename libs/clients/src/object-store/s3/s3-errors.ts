import { isCodedError } from '@tributary/common';
import {
  OBJECT_KEY_CONFLICT,
  OBJECT_NOT_FOUND,
  OBJECT_STORE_BUCKET_MISSING,
  OBJECT_STORE_CLOCK_WRONG,
  OBJECT_STORE_FORBIDDEN,
  OBJECT_STORE_FULL,
  OBJECT_STORE_IDENTITY_MISSING,
  OBJECT_STORE_REFUSED,
  OBJECT_STORE_REGION_WRONG,
  OBJECT_STORE_UNAVAILABLE,
  OBJECT_TOO_LARGE,
} from '../errors.js';

const MESSAGE_CHARACTERS = 300;
/** Advice to those who debug the SDK. */
const SDK_HINT = /\s*Deserialization error: .*$/s;

const FULL = new Set(['InsufficientStorage', 'QuotaExceeded', 'StorageFull', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded']);
const TOO_LARGE = new Set(['EntityTooLarge', 'MaxMessageLengthExceeded']);
const KEY_CONFLICT = new Set(['ExistingObjectIsDirectory', 'ObjectParentIsFile', 'XMinioObjectExistsAsDirectory', 'XMinioParentIsObject']);
const WRONG_REGION = new Set(['AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', 'IncorrectEndpoint', 'PermanentRedirect', 'TemporaryRedirect']);
const CLOCK = new Set(['RequestTimeTooSkewed', 'RequestExpired']);
/** Damaged or overtaken on the way: the same request may do next time, although their status says otherwise. */
const PASSING = new Set([
  'BadDigest',
  'ConditionalRequestConflict',
  'IncompleteBody',
  'InvalidDigest',
  'InvalidPart',
  'NoSuchUpload',
  'OperationAborted',
  'RequestTimeout',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
  'XAmzContentSHA256Mismatch',
]);

interface ErrorContext {
  readonly store: string;
  readonly key: string;
  /** Texts that must not be repeated. */
  readonly known: readonly string[];
}

/**
 * Names what the SDK threw by what to do about it. The error of the SDK is not kept as its cause: it holds what the store
 * answered, and that names the access key.
 */
export function namedS3Error(error: unknown, { store, key, known }: ErrorContext): Error {
  if (isCodedError(error)) return error;
  const code = codeOf(error);
  const status = statusOf(error);
  const reason = reasonOf(error, code, status, known);
  if (code === 'CredentialsProviderError') return OBJECT_STORE_IDENTITY_MISSING({ store });
  if (code === 'NoSuchBucket' || code === 'InvalidBucketName') return OBJECT_STORE_BUCKET_MISSING({ store });
  if (code === 'NoSuchKey') return OBJECT_NOT_FOUND({ key, store });
  if (FULL.has(code) || status === 507) return OBJECT_STORE_FULL({ store, key, reason });
  if (TOO_LARGE.has(code) || status === 413) return OBJECT_TOO_LARGE({ store, key, limit: reason });
  if (KEY_CONFLICT.has(code)) return OBJECT_KEY_CONFLICT({ key });
  if (WRONG_REGION.has(code) || status === 301) return OBJECT_STORE_REGION_WRONG({ store, reason });
  if (CLOCK.has(code)) return OBJECT_STORE_CLOCK_WRONG({ store, reason });
  if (isRefusal(error)) return OBJECT_STORE_FORBIDDEN({ store, key, reason });
  const isPassing = PASSING.has(code) || isSystemCode(code) || status === undefined || status === 408 || status === 429 || (status >= 500 && status !== 501);
  return isPassing
    ? OBJECT_STORE_UNAVAILABLE({ store, key, reason })
    : OBJECT_STORE_REFUSED({ store, key, reason });
}

/** Whether the store has answered at all. */
export function isAnswer(error: unknown): boolean {
  return statusOf(error) !== undefined;
}

/** Whether the store let these keys not in: other keys may be. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  const code = codeOf(error);
  return (status === 401 || status === 403 || code === 'ExpiredToken' || code === 'InvalidToken') && !FULL.has(code) && !CLOCK.has(code);
}

/** Whether an answer says that there is nothing: what of it is missing, an answer without a body does not say. */
export function isAbsence(error: unknown): boolean {
  return statusOf(error) === 404 && codeOf(error) !== 'NoSuchBucket';
}

/** Whether the range that was asked for begins behind the end of the object. */
export function isPastTheEnd(error: unknown): boolean {
  return statusOf(error) === 416;
}

/** A code of the system, such as of a connection that broke within an answer: ECONNRESET. */
function isSystemCode(code: string): boolean {
  return /^E[A-Z]+$/.test(code);
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

/** Code of S3, or of the system: `NoSuchKey`, `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  const { name, code, Code } = error as { name?: unknown; code?: unknown; Code?: unknown };
  const found = [Code, code, name].find((each) => typeof each === 'string' && each !== '');
  return typeof found === 'string' ? found : 'unknown';
}

function reasonOf(error: unknown, code: string, status: number | undefined, known: readonly string[]): string {
  let message = error instanceof Error ? error.message : '';
  for (const text of known) message = message.replaceAll(text, '…');
  message = message.replace(SDK_HINT, '').replaceAll(/\s+/g, ' ').slice(0, MESSAGE_CHARACTERS);
  const head = status === undefined ? code : `${code}, status ${status}`;
  return message === '' || message === code || message === 'UnknownError' ? head : `${head}: ${message}`;
}

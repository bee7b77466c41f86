import { isCodedError } from '@tributary/common';
import { OBJECT_KEY_CONFLICT, OBJECT_STORE_FORBIDDEN, OBJECT_STORE_FULL, OBJECT_STORE_UNAVAILABLE } from './errors.js';

/** Names an error of the file system by what to do about it. What is none of them is returned as it is. */
export function namedFileError(error: unknown, store: string, key: string): unknown {
  if (isCodedError(error) || !isSystemError(error)) return error;
  const reason = error.code;
  switch (reason) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return OBJECT_STORE_FULL({ store, key, reason }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return OBJECT_STORE_FORBIDDEN({ store, key, reason }, { cause: error });
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ENOTEMPTY':
    case 'EEXIST':
      return OBJECT_KEY_CONFLICT({ key }, { cause: error });
    default:
      return OBJECT_STORE_UNAVAILABLE({ store, key, reason }, { cause: error });
  }
}

/** Whether the path was not there: no such file, or a file where a folder would have to be. */
export function isAbsent(error: unknown): boolean {
  return isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR');
}

/** Told by its shape: an error of another realm is no `instanceof Error`. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

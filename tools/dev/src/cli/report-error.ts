import { isCodedError } from '@tributary/common';

/** What the user gets to read of an error: what happened and what to do; of an unforeseen one the stack as well. */
export function errorText(error: unknown): string {
  if (isCodedError(error)) return `${error.code}: ${error.message}\n→ ${error.fix}`;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return `DEV_DISK_FULL: ${message}\n→ Free some space, then start again.`;
  return stack ?? message ?? String(error);
}

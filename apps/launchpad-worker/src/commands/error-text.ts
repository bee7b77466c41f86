import { isCodedError } from '@tributary/common';

/** What is wrong and what to do; of an unforeseen error where it comes from, too. */
export function errorText(error: unknown): string {
  if (isCodedError(error)) return `${error.code}: ${error.message} ${error.fix}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

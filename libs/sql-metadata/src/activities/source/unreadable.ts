import type { CodedError } from '@tributary/common';

/** Why something cannot be read, and the statement that mends it where one does. */
export function unreadableBecause(error: CodedError): { readonly reason: string; readonly fix: string } {
  const { grant } = error.parameters;
  return { reason: error.message, fix: typeof grant === 'string' ? grant : error.fix };
}

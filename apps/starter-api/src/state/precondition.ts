import { API_PRECONDITION_INVALID, API_PRECONDITION_REQUIRED } from './errors.js';

/** What has to hold for a change: that nothing is there, that something is, or that it is one of these revisions. */
export type Precondition = 'absent' | 'present' | { readonly revisions: readonly string[] };

export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

const ENTITY_TAGS = /^\s*(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*\s*$/;

/**
 * The precondition that a request names.
 * @param creates whether the request may also make what is not there
 * @throws CodedError API_PRECONDITION_REQUIRED, API_PRECONDITION_INVALID
 */
export function preconditionOf(headers: ConditionalHeaders, creates: boolean): Precondition {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (match !== undefined && noneMatch !== undefined) throw API_PRECONDITION_INVALID({ received: 'both If-Match and If-None-Match' });
  if (match === undefined && noneMatch === undefined) {
    throw API_PRECONDITION_REQUIRED({ alternatives: creates ? ', or If-None-Match: * for a new one' : '' });
  }
  if (noneMatch !== undefined) {
    if (!creates || noneMatch.trim() !== '*') throw API_PRECONDITION_INVALID({ received: creates ? 'If-None-Match with another value' : 'If-None-Match' });
    return 'absent';
  }
  if (match?.trim() === '*') return 'present';
  return { revisions: strongTags(match ?? '') };
}

/** Whether a reader has that revision already. */
export function isUnchanged(ifNoneMatch: string | undefined, revision: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(/"([^"]*)"/g)].some(([, tag]) => tag === revision);
}

/** A weak tag never matches: it does not name one version. */
function strongTags(list: string): string[] {
  if (!ENTITY_TAGS.test(list)) throw API_PRECONDITION_INVALID({ received: 'If-Match with a value that is no ETag' });
  return [...list.matchAll(/(W\/)?"([^"]*)"/g)].flatMap(([, weak, tag]) => (weak === undefined && tag !== undefined ? [tag] : []));
}

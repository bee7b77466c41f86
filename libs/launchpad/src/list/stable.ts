import { createHash } from 'node:crypto';
import type { PageCursor } from '@tributary/clients/launchpad';

/** How often a listing is read until two passes in a row agree. */
export const MAX_PASSES = 5;

/** Where a listing goes on that can be read by position only. JSON, for the ledger. */
export interface StableCursor {
  readonly pass: number;
  /** What this pass gave so far: count and sum of hashes, whatever the order. */
  readonly digest: string;
  /** What the pass before gave. */
  readonly before?: string;
  readonly at?: PageCursor;
}

export const FIRST_PASS: StableCursor = { pass: 1, digest: '0:0' };

/**
 * Where a listing by position goes on after a page. While such a listing is read, an entry that leaves it moves others
 * to places that were read already. So a listing of more than one page is read until two passes agree.
 * @returns undefined when it is complete, `unstable` when it never agreed
 */
export function stableStep(state: StableCursor, links: readonly string[], cursor: PageCursor | undefined): StableCursor | 'unstable' | undefined {
  const digest = add(state.digest, links);
  if (cursor !== undefined) return { ...state, digest, at: cursor };
  const onePage = state.at === undefined;
  if (onePage || digest === state.before) return undefined;
  if (state.pass === MAX_PASSES) return 'unstable';
  return { pass: state.pass + 1, digest: FIRST_PASS.digest, before: digest };
}

function add(digest: string, links: readonly string[]): string {
  const [count = '0', sum = '0'] = digest.split(':');
  let total = BigInt(`0x${sum}`);
  for (const link of links) total += BigInt(`0x${createHash('sha256').update(link).digest('hex').slice(0, 24)}`);
  return `${String(Number(count) + links.length)}:${(total % (1n << 96n)).toString(16)}`;
}

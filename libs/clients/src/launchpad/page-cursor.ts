import { LAUNCHPAD_CURSOR_INVALID } from './errors.js';
import type { PageCursor } from './types.js';

/** Where a collection goes on. */
export interface PagePosition {
  /** Link of the page, as Launchpad gave it. */
  readonly next: string;
  /** Entries to ask for, where fewer than wanted had to do. */
  readonly size?: number;
  /** Pages that went well at that size. */
  readonly good?: number;
}

export function formatCursor({ next, size, good }: PagePosition): PageCursor {
  return JSON.stringify({ next, size, good });
}

/** @throws CodedError LAUNCHPAD_CURSOR_INVALID */
export function parseCursor(cursor: PageCursor): PagePosition {
  let position: Partial<PagePosition> | null;
  try {
    position = JSON.parse(cursor) as Partial<PagePosition> | null;
  } catch {
    position = null;
  }
  const { next, size, good } = position ?? {};
  const counts = [size, good].every((each) => each === undefined || (Number.isSafeInteger(each) && each >= 0));
  if (typeof next !== 'string' || !counts || size === 0) throw LAUNCHPAD_CURSOR_INVALID({ cursor: cursor.slice(0, 200) });
  return { next, ...(size !== undefined && { size }), ...(good !== undefined && { good }) };
}

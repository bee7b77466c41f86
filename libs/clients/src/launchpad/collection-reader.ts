import { LAUNCHPAD_ANSWER_INVALID } from './errors.js';
import type { JsonAnswer, Requester } from './http/requester.js';
import { formatCursor, parseCursor } from './page-cursor.js';
import { type PageLimits, PageSize } from './page-size.js';
import { markRedacted } from './redact.js';
import type { CollectionPage, PageOptions, Resource, ResourceName } from './types.js';

/** Largest page that Launchpad gives. */
const PAGE_SIZE = 300;
/** Requests of a page beyond those of other calls, because each asks for less. */
const MORE_ATTEMPTS = 4;

interface Body {
  readonly start?: number;
  readonly total_size?: number;
  readonly next_collection_link?: string;
  readonly entries: readonly unknown[];
}

/**
 * Pages of the collection at `link`, which `what` names in traces. Next links are followed as they are, but for a page size that had to change; the
 * offset is in them. Only the absence of a next link ends the collection: pages may be thinned to nothing.
 */
export async function* readCollection<T extends ResourceName>(
  requester: Requester,
  limits: PageLimits,
  what: string,
  link: string,
  { cursor, pageSize = PAGE_SIZE, sizedAs = cursor, signal }: PageOptions = {},
): AsyncGenerator<CollectionPage<T>> {
  const size = new PageSize(pageSize, limits, sizedAs === undefined ? undefined : parseCursor(sizedAs));
  let next: string | undefined = cursor === undefined ? withSize(link, size.size) : parseCursor(cursor).next;
  while (next !== undefined) {
    const current = next;
    const answer = await requester.read(
      {
        what,
        url: () => (sizeOf(current) === undefined && size.size === size.most ? current : withSize(current, size.size)),
        limitBytes: () => size.limitBytes,
        moreAttempts: MORE_ATTEMPTS,
        adapt: (failure) => size.shrink(failure),
        check: checkPage,
      },
      signal,
    );
    const asked = size.size;
    size.grow(answer.bytes, answer.millis);
    next = nextLink(requester, current, answer);
    const given = next === undefined ? undefined : sizeOf(next);
    if (given !== undefined && given < asked) size.adopt(given);
    yield pageOf<T>(answer, next === undefined ? undefined : formatCursor({ next, ...size.state }));
  }
}

function pageOf<T extends ResourceName>({ value }: JsonAnswer, cursor: string | undefined): CollectionPage<T> {
  const { entries, start = 0, total_size: totalSize } = value as Body;
  return {
    entries: entries.map((entry) => markRedacted(entry) as Resource<T>),
    start,
    ...(totalSize !== undefined && { totalSize }),
    cursor,
  };
}

function nextLink(requester: Requester, current: string, { value, url }: JsonAnswer): string | undefined {
  const next = (value as Body).next_collection_link;
  if (next === undefined) return undefined;
  requester.ownUrl(next);
  if (withSize(next, 1) === withSize(current, 1)) {
    throw LAUNCHPAD_ANSWER_INVALID({ url, host: new URL(url).host, reason: 'a page that names itself as the next one' });
  }
  return next;
}

function checkPage(value: unknown): string | undefined {
  const { entries, next_collection_link: next } = (value ?? {}) as Partial<Body>;
  if (!Array.isArray(entries) || entries.some((each) => typeof each !== 'object' || each === null)) return 'JSON that is no page';
  return next === undefined || typeof next === 'string' ? undefined : 'a next link that is no text';
}

const SIZE = /([?&])ws\.size=([^&#]*)/;

function sizeOf(link: string): number | undefined {
  const size = Number(SIZE.exec(link)?.[2]);
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

/** The link with this page size, and otherwise as it is. */
function withSize(link: string, size: number): string {
  if (SIZE.test(link)) return link.replace(SIZE, `$1ws.size=${size}`);
  return `${link}${link.includes('?') ? '&' : '?'}ws.size=${size}`;
}

import { at } from './json-pointer.js';

/**
 * How pages follow each other. `link`: by the header `Link; rel="next"`. `next`: by a URL in the answer. `cursor`: by a
 * text in the answer that becomes a parameter. `offset`: by the number of items so far, until a page has none or the
 * total is reached.
 */
export type Paging =
  | { readonly by: 'link' }
  | { readonly by: 'next'; readonly pointer: string }
  | { readonly by: 'cursor'; readonly pointer: string; readonly parameter: string }
  | { readonly by: 'offset'; readonly parameter: string; readonly limit: number; readonly limitParameter?: string; readonly total?: string };

export interface Page {
  readonly body: unknown;
  readonly headers: Headers;
  readonly url: URL;
  readonly first: URL;
  readonly page: number;
  /** Items so far. */
  readonly items: number;
}

/** The URL of the page after this one; undefined when it is the last. */
export function nextPage(paging: Paging | undefined, { body, headers, url, first, page, items }: Page): URL | undefined {
  switch (paging?.by) {
    case undefined:
      return undefined;
    case 'link': {
      const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(headers.get('link') ?? '')?.[1];
      return next === undefined ? undefined : new URL(next, url);
    }
    case 'next': {
      const next = at(body, paging.pointer);
      return typeof next === 'string' && next !== '' ? new URL(next, url) : undefined;
    }
    case 'cursor': {
      const cursor = at(body, paging.pointer);
      return typeof cursor === 'string' && cursor !== '' ? withParameter(first, paging.parameter, cursor) : undefined;
    }
    case 'offset': {
      const total = paging.total === undefined ? undefined : at(body, paging.total);
      const isFull = items === (page + 1) * paging.limit;
      if (typeof total === 'number' ? items >= total || items === 0 : !isFull) return undefined;
      const next = withParameter(first, paging.parameter, String(items));
      return paging.limitParameter === undefined ? next : withParameter(next, paging.limitParameter, String(paging.limit));
    }
  }
}

function withParameter(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  next.searchParams.set(name, value);
  return next;
}

import { badRequest } from '../http-problem.js';
import { represent } from '../representation/represent.js';
import type { Json, View } from '../representation/view.js';
import type { Entity } from '../world/entities.js';
import { pythonQuery } from './python-query.js';

/** What the server is set to. */
export interface BatchSettings {
  /** Rows of a page when none are asked for. */
  readonly defaultSize: number;
  /** The most rows that may be asked for. */
  readonly maximumSize: number;
}

/** How a page is put together, besides its rows. */
export interface PageKind {
  /** URL of the collection without a query. */
  readonly url: string;
  /** Resource type of a collection that was reached by a link; a named operation's has none. */
  readonly type?: string;
}

const BATCH_PARAMETERS: ReadonlySet<string> = new Set(['ws.start', 'ws.size', 'ws.show', 'memo', 'direction']);

/**
 * One page of rows. What the caller may not see is left out after the page was cut, so a page can be short or empty and
 * have a next one all the same.
 * @throws Problem 400 when more rows are asked for than allowed
 */
export function batch(
  rows: readonly Entity[],
  query: URLSearchParams,
  kind: PageKind,
  settings: BatchSettings,
  view: View,
): Json {
  const size = pageSize(query, settings);
  const [start, end] = slice(query, size, rows.length);
  const kept = [...query].filter(([name]) => !BATCH_PARAMETERS.has(name)).sort(byName);
  const page: Record<string, Json> = { start };
  const hasNext = end < rows.length;

  if (view.version === 'devel' && kind.type === undefined && hasNext) {
    page['total_size_link'] =
      `${kind.url}?${pythonQuery([...kept, ['ws.show', 'total_size']].sort(byName) as [string, string][])}`;
  } else {
    page['total_size'] = rows.length;
  }
  const link = (pairs: readonly (readonly [string, string])[]) =>
    `${kind.url}?${pythonQuery([...kept, ['ws.size', String(size)], ...pairs])}`;
  if (hasNext)
    page['next_collection_link'] = link([
      ['memo', String(end)],
      ['ws.start', String(end)],
    ]);
  if (start > 0) {
    const before = Math.max(0, start - size);
    const position = before === 0 ? [] : ([['ws.start', String(before)]] as const);
    page['prev_collection_link'] = link([['direction', 'backwards'], ['memo', String(start)], ...position]);
  }
  page['entries'] = rows
    .slice(start, end)
    .filter((entity) => view.sees(entity))
    .map((entity) => represent(entity, view));
  if (kind.type !== undefined) page['resource_type_link'] = view.typeLink(kind.type);
  return page;
}

function pageSize(query: URLSearchParams, { defaultSize, maximumSize }: BatchSettings): number {
  const asked = whole(query.get('ws.size'));
  if (asked === undefined || asked <= 0) return Math.min(defaultSize, maximumSize);
  if (asked > maximumSize) throw badRequest(`Maximum for "ws.size" parameter is ${maximumSize}.`);
  return asked;
}

/** `memo` is where the page begins, or ends when going backwards; `ws.start` counts only when there is no memo. */
function slice(query: URLSearchParams, size: number, total: number): readonly [number, number] {
  const memo = whole(query.get('memo'));
  if (query.get('direction') === 'backwards') {
    const end = Math.min(memo ?? total, total);
    return [Math.max(0, end - size), end];
  }
  const start = Math.max(0, memo ?? whole(query.get('ws.start')) ?? 0);
  return [start, Math.max(start, Math.min(start + size, total))];
}

function whole(text: string | null): number | undefined {
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

function byName([a]: readonly string[], [b]: readonly string[]): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

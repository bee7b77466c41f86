import { isObject, type Json } from '../json.js';
import type { Change } from '../state/changes.js';
import type { LoadOutcome, LoadRequest } from '../workflow/contract.js';
import { STATEFUL_ANSWER_INVALID, STATEFUL_API_URL_MISSING, STATEFUL_SOURCE_FAILED } from './errors.js';
import { placeOf, type AuthScheme, type GuardedResponse } from './guarded-fetch.js';
import { at } from './json-pointer.js';
import type { LoadFunction } from './load-activity.js';
import { nextPage, type Paging } from './paging.js';

/** How a field is taken from an item: a JSON pointer, or a function of the item. */
export type FieldSource = string | ((item: Json) => unknown);

/** What an answer becomes: the root itself, or the entities of a relation of it. */
export interface RestMapping {
  /** JSON pointer to the list of items, or to the object, in an answer. @default the whole */
  readonly items?: string;
  /** Relation of the root whose entities the items are: all of them, so that those which are missing are deleted. Without it the one item is the root. */
  readonly relation?: string;
  /** Fields by name. With a relation `id` is among them. What an answer does not have stays as it is; null unsets a field. */
  readonly fields: Readonly<Record<string, FieldSource>>;
}

export interface RestLoaderOptions {
  /** Below apiUrl, or whole: `/sources/{id}/datasets`. Names in braces: `id`, `type`, and names of the loader's input. */
  readonly url: string;
  readonly mapping: RestMapping | readonly RestMapping[];
  readonly paging?: Paging;
  /** How the credential is sent. @default 'bearer' */
  readonly auth?: AuthScheme;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON pointer in the (first) answer to a number that grows with each change of the source. */
  readonly revision?: string;
  /** For one answer, in milliseconds. @default 30,000 */
  readonly timeoutMs?: number;
  /** Of one answer. @default 5,000,000 */
  readonly maxBytes?: number;
  /** Items over all pages; a source with more fails the load. @default 10,000 */
  readonly maxItems?: number;
}

/**
 * Loads from an HTTP API with JSON: page by page, only when something changed if the source has ETags, mapped by JSON
 * pointers. 401 and 403 wait for a rotation, 404 and 5xx degrade.
 */
export function restLoader(options: RestLoaderOptions): LoadFunction {
  const mappings = [options.mapping].flat() as readonly RestMapping[];
  const { timeoutMs = 30_000, maxBytes = 5_000_000, maxItems = 10_000, auth = 'bearer', headers = {}, paging } = options;
  return async (request, access) => {
    const first = urlOf(options.url, request);
    const items: Json[][] = mappings.map(() => []);
    let etag: string | undefined;
    let revision: number | undefined;
    const seen = new Set<string>();
    for (let url: URL | undefined = first, page = 0; url; page += 1) {
      seen.add(url.href);
      // A page that has not changed says nothing of those after it, so only a single page is asked for conditionally.
      const condition: Record<string, string> = page === 0 && !paging && request.etag !== undefined ? { 'if-none-match': request.etag } : {};
      const response = await access.fetch(url, { timeoutMs, maxBytes, auth, headers: { ...headers, ...condition } });
      if (response.status === 304) return { status: 'unchanged' };
      const body = bodyOf(response);
      if (page === 0) {
        etag = response.headers.get('etag') ?? undefined;
        revision = revisionOf(options, body);
      }
      for (const [index, mapping] of mappings.entries()) items[index]?.push(...itemsOf(mapping, body, url));
      if (items.some((list) => list.length > maxItems)) throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: `there are more than ${maxItems} items` });
      access.heartbeat({ page: page + 1 });
      const last = items.reduce((most, list) => Math.max(most, list.length), 0);
      url = nextPage(paging, { body, headers: response.headers, url: response.url, first, page, items: last });
      if (url && seen.has(url.href)) throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: 'its pages go round in a circle' });
    }
    const changes = mappings.map((mapping, index) => toChange(mapping, items[index] ?? [], request, first));
    return { status: 'loaded', changes, ...(etag !== undefined && { etag }), ...(revision !== undefined && { revision }) } satisfies LoadOutcome;
  };
}

function urlOf(template: string, { apiUrl, root, input, loader }: LoadRequest): URL {
  const values: Readonly<Record<string, unknown>> = { ...(isObject(input) ? input : {}), ...root };
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? encodeURIComponent(value) : '';
  });
  if (/^https?:\/\//.test(path)) return new URL(path);
  if (apiUrl === undefined) throw STATEFUL_API_URL_MISSING({ loader });
  const url = new URL(apiUrl);
  const [pathname = '', search = ''] = path.split('?', 2);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${pathname.replace(/^\//, '')}`;
  for (const [name, value] of new URLSearchParams(search)) url.searchParams.set(name, value);
  return url;
}

function bodyOf({ status, headers, body, url }: GuardedResponse): unknown {
  if (status < 200 || status >= 300) {
    const after = Number(headers.get('retry-after'));
    throw STATEFUL_SOURCE_FAILED({ status, place: placeOf(url), ...(after > 0 && { retryAfterMs: after * 1000 }) });
  }
  try {
    return JSON.parse(body);
  } catch {
    throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: 'it is no JSON' });
  }
}

function revisionOf({ revision }: RestLoaderOptions, body: unknown): number | undefined {
  const found = revision === undefined ? undefined : at(body, revision);
  return typeof found === 'number' ? found : undefined;
}

function itemsOf({ items = '', relation }: RestMapping, body: unknown, url: URL): Json[] {
  const found = at(body, items);
  if (relation === undefined) return found === undefined ? [] : [found as Json];
  if (!Array.isArray(found)) throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: `there is no list at "${items}"` });
  return found as Json[];
}

function toChange({ relation, fields }: RestMapping, items: readonly Json[], { root }: LoadRequest, url: URL): Change {
  const values = items.map((item) => valuesOf(fields, item));
  const entities = values.map((pairs) => Object.fromEntries(pairs.filter(([, value]) => value !== null)));
  if (relation !== undefined) {
    const nameless = entities.findIndex(({ id }) => typeof id !== 'string' || id === '');
    if (nameless >= 0) throw STATEFUL_ANSWER_INVALID({ place: placeOf(url), problem: `item ${nameless} has no id` });
    return { op: 'replace', type: root.type, id: root.id, relation, entities: entities as (Record<string, Json> & { id: string })[] };
  }
  const { id: _, ...set } = entities[0] ?? {};
  const unset = (values[0] ?? []).flatMap(([name, value]) => (value === null && name !== 'id' ? [name] : []));
  return { op: 'update', type: root.type, id: root.id, set, ...(unset.length > 0 && { unset }) };
}

/** Fields of an item with their values; those that it does not have are left out. */
function valuesOf(fields: RestMapping['fields'], item: Json): [string, unknown][] {
  const values = Object.entries(fields).map(([name, source]): [string, unknown] => {
    const value = typeof source === 'string' ? at(item, source) : source(item);
    return [name, name === 'id' && typeof value === 'number' ? String(value) : value];
  });
  return values.filter(([, value]) => value !== undefined);
}


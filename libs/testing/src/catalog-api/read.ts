import type { Catalog, CatalogDataset } from './catalog.js';
import { problem, type Reply } from './reply.js';

const PAGE_SIZE = 50;
const MOST_PER_PAGE = 200;

/** Answers what is asked about the world: `/v1/sources`, `/v1/sources/{id}`, `/v1/sources/{id}/datasets`, `/v1/datasets/{id}`. */
export function read(catalog: Catalog, url: URL): Reply {
  const [collection, id, part, ...rest] = url.pathname.split('/').slice(2).map(decodeURIComponent);
  if (rest.length > 0) return problem(404, 'There is no such path');
  if (collection === 'sources' && id === undefined) return page(url, [...catalog.sources.values()]);
  if (collection === 'sources' && id !== undefined) {
    const source = catalog.sources.get(id);
    if (!source) return problem(404, `There is no source ${id}`);
    if (part === 'datasets') return page(url, catalog.of(id).map((dataset) => ({ id: dataset.id, name: dataset.name })));
    if (part === undefined) return { status: 200, tagged: true, body: { id, name: source.name, datasets: catalog.of(id).length } };
  }
  if (collection === 'datasets' && id !== undefined && part === undefined) {
    const dataset = catalog.datasets.get(id);
    return dataset ? { status: 200, tagged: true, body: toBody(catalog, dataset) } : problem(404, `There is no dataset ${id}`);
  }
  return problem(404, 'There is no such path');
}

function toBody(catalog: Catalog, dataset: CatalogDataset) {
  return {
    id: dataset.id,
    source: dataset.source,
    name: dataset.name,
    owner: dataset.owner ?? null,
    size_bytes: dataset.sizeBytes,
    expected_interval_seconds: dataset.expectedIntervalSeconds,
    last_loaded_at: new Date(catalog.lastLoadedAt(dataset)).toISOString(),
  };
}

/** `?page=` counts from 1; `next` is the path of the page that follows, or null. */
function page(url: URL, all: readonly object[]): Reply {
  const number = wholeOf(url, 'page', 1);
  const size = Math.min(wholeOf(url, 'per_page', PAGE_SIZE), MOST_PER_PAGE);
  if (number < 1 || size < 1) return problem(400, 'page and per_page are whole numbers from 1');
  const items = all.slice((number - 1) * size, number * size);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  const isLast = number * size >= all.length;
  return { status: 200, tagged: true, body: { items, total: all.length, next: isLast ? null : `${next.pathname}${next.search}` } };
}

function wholeOf({ searchParams }: URL, name: string, standard: number): number {
  const text = searchParams.get(name);
  if (text === null) return standard;
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

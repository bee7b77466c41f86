import type { Json } from '@tributary/stateful-workflow';
import { restLoader, type LoadFunction } from '@tributary/stateful-workflow/activities';
import { latenessOf } from '../definitions/health.js';
import { THRESHOLDS } from '../definitions/model.js';

const PAGE_SIZE = 200;
/** Repositories have no interval; one that nobody has touched for a month is not what it is expected to be. */
const REPOSITORY_SECONDS = 30 * 86_400;

type Item = Readonly<Record<string, Json>>;
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const count = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/** Each new dataset is under the thresholds of the tree, and is the one that its own roll-ups are over. */
const placed = { thresholds: () => [THRESHOLDS], self: (item: Json) => [text((item as Item)['id'])] };

/** `/v1/sources/{id}`: asked for only if it has changed. */
const loadSource = restLoader({ url: '/v1/sources/{id}', mapping: { fields: { name: '/name' } } });

/** `/v1/sources/{id}/datasets`, page by page: those that are missing are gone. */
const loadDatasets = restLoader({
  url: `/v1/sources/{id}/datasets?per_page=${PAGE_SIZE}`,
  paging: { by: 'next', pointer: '/next' },
  mapping: { relation: 'datasets', items: '/items', fields: { id: '/id', name: '/name', ...placed } },
});

/** `/v1/datasets/{id}`. */
const loadDataset = afresh(
  restLoader({
    url: '/v1/datasets/{id}',
    mapping: {
      fields: {
        name: '/name',
        owner: '/owner',
        sizeBytes: '/size_bytes',
        lastLoadedAt: '/last_loaded_at',
        expectedSeconds: '/expected_interval_seconds',
        lateness: (item) => {
          const { last_loaded_at: loaded, expected_interval_seconds: expected } = item as Item;
          return latenessOf(text(loaded), count(expected), Date.now());
        },
      },
    },
  }),
  ['owner', 'sizeBytes', 'lastLoadedAt', 'expectedSeconds', 'lateness'],
);

/** The Git repositories of a project on Launchpad. */
const loadRepositories = restLoader({
  url: '/devel/+git?ws.op=getRepositories&target=%2F{id}',
  paging: { by: 'next', pointer: '/next_collection_link' },
  mapping: {
    relation: 'datasets',
    items: '/entries',
    fields: {
      id: '/unique_name',
      name: '/name',
      owner: (item) => text((item as Item)['owner_link'])?.replace(/^.*\/~/, ''),
      lastLoadedAt: (item) => lastModified(item as Item),
      expectedSeconds: () => REPOSITORY_SECONDS,
      lateness: (item) => latenessOf(lastModified(item as Item), REPOSITORY_SECONDS, Date.now()),
      thresholds: placed.thresholds,
      self: (item) => [text((item as Item)['unique_name'])],
    },
  },
});

/** Loaders by the name of the activity that the definitions give them. */
export const loaders = { loadSource, loadDatasets, loadDataset, loadRepositories } satisfies Record<string, LoadFunction>;

/** Launchpad writes microseconds and an offset. */
function lastModified({ date_last_modified: date }: Item): string | undefined {
  const time = Date.parse(text(date) ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * Loads without an ETag: the age of a dataset grows while its source stays the same, so an unchanged answer has to be
 * judged anew. Of `optional` fields, what the source does not say any more is not known any more.
 */
function afresh(load: LoadFunction, optional: readonly string[]): LoadFunction {
  return async (request, access) => {
    const outcome = await load(request, access);
    if (outcome.status !== 'loaded') return outcome;
    const changes = outcome.changes.map((change) =>
      change.op === 'update' ? { ...change, unset: [...new Set([...(change.unset ?? []), ...optional.filter((field) => change.set?.[field] === undefined)])] } : change,
    );
    return { status: 'loaded', changes };
  };
}

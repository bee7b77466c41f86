import { createStatefulActivities, restLoader, type StatefulActivityOptions } from '../../activities/index.js';

/** The activities of the test's definitions. */
export function estateActivities(options: StatefulActivityOptions) {
  return createStatefulActivities({
    facts: { searchAttributes: true },
    ...options,
    loaders: {
      loadDatasets: restLoader({
        url: '/sources/{id}',
        mapping: { items: '/items', relation: 'datasets', fields: { id: '/id', name: '/name', active: (item) => (item as { active?: boolean }).active ?? true } },
      }),
      loadDetail: restLoader({
        url: '/datasets/{id}',
        mapping: { fields: { rows: '/rows', health: '/health', token: '/token' } },
      }),
    },
  });
}

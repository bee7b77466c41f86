import {
  bool,
  choice,
  entity,
  entityWorkflow,
  int,
  key,
  list,
  many,
  model,
  obj,
  one,
  optional,
  own,
  record,
  rollup,
  str,
  action,
  changed,
  loader,
} from '../index.js';

/** organization -> source -> dataset, columns without workflows of their own, and teams that sources share. */
export const catalog = model(
  entity('Organization', { id: key(), name: str(), health: optional(str()), sources: many('Source') }),
  entity('Source', {
    id: key(),
    name: str(),
    note: optional(str()),
    health: optional(str()),
    prefs: obj({ theme: optional(str()), size: optional(int()) }),
    tags: optional(list(str())),
    labels: record(str()),
    organization: one('Organization'),
    team: one('Team'),
    datasets: many('Dataset', { cascade: true }),
  }),
  entity('Dataset', {
    id: key(),
    name: str(),
    active: bool(),
    rows: optional(int()),
    health: optional(choice('healthy', 'failing')),
    source: one('Source', { reference: true }),
    columns: many('Column', { cascade: true }),
    upstream: many('Dataset', { reference: true }),
    near: many('Dataset'),
  }),
  entity('Column', { id: key(), name: str(), dataset: one('Dataset') }),
  entity('Team', { id: key(), name: str(), size: optional(int()) }),
  entity('Watcher', { id: key() }),
);

const worst = (counts: Readonly<Record<string, number>>): string =>
  (counts['failing'] ?? 0) > 0 ? 'failing' : 'healthy';

export const teamWorkflow = entityWorkflow(catalog, 'Team');

export const datasetWorkflow = entityWorkflow(catalog, 'Dataset', {
  loaders: { freshness: loader('loadFreshness') },
  actions: {
    count: action({ rows: int() }, {}, (draft, { rows }) => {
      draft.rows = (draft.rows ?? 0) + rows;
      return draft.rows;
    }),
  },
});

export const sourceWorkflow = entityWorkflow(catalog, 'Source', {
  owns: {
    datasets: own(datasetWorkflow, { when: (dataset) => dataset.active }),
    team: own(teamWorkflow, { shared: true, onOrphan: 'complete' }),
  },
  rollups: { health: rollup('datasets', (dataset: { health?: string }) => dataset.health, worst) },
});

export const organizationWorkflow = entityWorkflow(catalog, 'Organization', {
  owns: { sources: own(sourceWorkflow) },
  rollups: { health: rollup('sources', (source: { health?: string }) => source.health, worst) },
  events: { healthChanged: changed('health') },
  views: { names: (organization) => organization.sources.map((source) => source.name) },
});

/** Holds nothing but what it subscribes to. */
export const watcherWorkflow = entityWorkflow(catalog, 'Watcher');

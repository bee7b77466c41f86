import { action, bool, changed, entity, entityWorkflow, int, key, loader, many, model, obj, one, optional, own, rollup, str, list } from '../../index.js';

/** What the tests run on a real server: organization -> source -> dataset, and teams that sources share. */
export const estate = model(
  entity('Organization', { id: key(), name: str(), health: optional(str()), sources: many('Source', { cascade: true }) }),
  entity('Source', {
    id: key(),
    name: str(),
    health: optional(str()),
    prefs: obj({ theme: optional(str()) }),
    tags: optional(list(str())),
    team: one('Team'),
    datasets: many('Dataset', { cascade: true }),
  }),
  entity('Dataset', { id: key(), name: str(), active: bool(), rows: optional(int()), health: optional(str()), token: optional(str()) }),
  entity('Team', { id: key(), name: str(), size: optional(int()) }),
  entity('Watcher', { id: key() }),
);

const worst = (counts: Readonly<Record<string, number>>): string | undefined =>
  (counts['failing'] ?? 0) > 0 ? 'failing' : (counts['healthy'] ?? 0) > 0 ? 'healthy' : undefined;

export const teamWorkflow = entityWorkflow(estate, 'Team', {
  name: 'Team',
  actions: {
    resize: action({ size: int({ min: 0 }) }, {}, (draft: { size?: number }, { size }) => {
      draft.size = size;
      return size;
    }),
  },
});

export const datasetWorkflow = entityWorkflow(estate, 'Dataset', {
  name: 'Dataset',
  loaders: { detail: loader('loadDetail', { backoff: 200, maxBackoff: 5000 }) },
  actions: {
    count: action({ rows: int() }, {}, (draft, { rows }) => {
      draft.rows = (draft.rows ?? 0) + rows;
      return draft.rows;
    }),
    rename: action({ name: str({ min: 1 }) }, {}, (draft, { name }) => {
      draft.name = name;
    }),
    setHealth: action({ health: str() }, {}, (draft, { health }) => {
      draft.health = health;
    }),
    clearRows: action({}, {}, (draft) => {
      delete draft.rows;
    }),
    fail: action({}, {}, () => {
      throw new Error('it is not possible');
    }),
    probe: action({ name: str() }, { call: 'probe', serial: true }, (_draft, _input, { result }) => result),
  },
  views: { label: (dataset) => `${dataset.name} (${dataset.rows ?? 0})` },
});

export const sourceWorkflow = entityWorkflow(estate, 'Source', {
  name: 'Source',
  owns: {
    datasets: own(datasetWorkflow, { when: (dataset) => dataset.active }),
    team: own(teamWorkflow, { shared: true, onOrphan: 'complete', onClose: 'complete' }),
  },
  loaders: { datasets: loader('loadDatasets', { backoff: 200, maxBackoff: 5000 }) },
  rollups: { health: rollup('datasets', (dataset: { health?: string }) => dataset.health, worst) },
  actions: {
    add: action({ id: str(), name: str() }, {}, (draft, { id, name }) => {
      draft.datasets.add({ id, name, active: true });
    }),
    remove: action({ id: str() }, {}, (draft, { id }) => {
      draft.datasets.delete(id);
    }),
    activate: action({ id: str(), active: bool() }, {}, (draft, { id, active }) => {
      const dataset = draft.datasets.get(id);
      if (dataset) dataset.active = active;
    }),
    theme: action({ theme: str() }, {}, (draft, { theme }) => {
      draft.prefs.theme = theme;
    }),
    join: action({ id: str(), name: str() }, {}, (draft, { id, name }) => {
      draft.team.set({ id, name });
    }),
    leave: action({}, {}, (draft) => {
      draft.team.set(undefined);
    }),
    tag: action({ tags: list(str()) }, {}, (draft, { tags }) => {
      draft.tags = tags;
    }),
  },
  limits: { fanout: 20 },
});

export const organizationWorkflow = entityWorkflow(estate, 'Organization', {
  name: 'Organization',
  owns: { sources: own(sourceWorkflow) },
  rollups: { health: rollup('sources', (source: { health?: string }) => source.health, worst) },
  events: { healthChanged: changed('health') },
  actions: {
    add: action({ id: str(), name: str() }, {}, (draft, { id, name }) => {
      draft.sources.add({ id, name, prefs: {} });
    }),
    remove: action({ id: str() }, {}, (draft, { id }) => {
      draft.sources.delete(id);
    }),
  },
  views: { names: (organization) => organization.sources.map((source) => source.name) },
});

/** Holds nothing but what it subscribes to. */
export const watcherWorkflow = entityWorkflow(estate, 'Watcher', { name: 'Watcher' });

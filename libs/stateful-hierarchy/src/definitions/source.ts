import { action, changed, entityWorkflow, loader, own, rollup, type View } from '@tributary/stateful-workflow';
import { datasetWorkflow, HEALTH_CHANGED, repositoryWorkflow } from './dataset.js';
import { byHealth, worstOf, type Health } from './health.js';
import { hierarchy } from './model.js';
import { setThresholds } from './thresholds.js';

type Known = (typeof hierarchy)['entities'];

/** What a source wants to know of its datasets. */
const UP = ['name', 'owner', 'sizeBytes', 'lastLoadedAt', 'lateness', 'health'].map((field) => `Dataset.${field}`);
const MOST_WORST = 20;

const healthOf = ({ health = 'unknown' }: { readonly health?: Health }): Health => health;
const rollups = {
  health: rollup('datasets', healthOf, worstOf),
  counts: rollup('datasets', healthOf, (counts) => ({ ...counts })),
};
const events = { [HEALTH_CHANGED]: changed('health') };
const views = {
  summary: ({ id, name, kind, health = 'unknown', counts = {} }: View<Known, 'Source'>) => ({ id, name, kind, health, datasets: counts }),
  worst: ({ datasets }: View<Known, 'Source'>) => worstDatasets(datasets),
};

/** A data catalog with an HTTP API: `/v1/sources/{id}`, `/v1/sources/{id}/datasets`, `/v1/datasets/{id}`. */
export const sourceWorkflow = entityWorkflow(hierarchy, 'Source', {
  owns: { datasets: own(datasetWorkflow, { up: UP }) },
  loaders: {
    about: loader('loadSource', { every: '15m', jitter: 0.3 }),
    datasets: loader('loadDatasets', { every: '5m', jitter: 0.3 }),
  },
  rollups,
  events,
  views,
  actions: {
    setThresholds,
    /** Loads the source and the list of its datasets now. */
    refresh: action({}, {}, (_, __, context) => ['about', 'datasets'].forEach((name) => context.reload(name))),
  },
});

/** A project on Launchpad: its Git repositories are the datasets. Read anonymously: no credential of the tree goes there. */
export const launchpadSourceWorkflow = entityWorkflow(hierarchy, 'Source', {
  name: 'LaunchpadSourceWorkflow',
  apiUrl: 'https://api.launchpad.net',
  owns: { datasets: own(repositoryWorkflow, { up: UP }) },
  loaders: { repositories: loader('loadRepositories', { every: '15m', jitter: 0.3, credential: 'none' }) },
  rollups,
  events,
  views,
  actions: {
    setThresholds,
    /** Loads the list of repositories now. */
    refresh: action({}, {}, (_, __, context) => context.reload('repositories')),
  },
});

/** Datasets that are not well, the worst first. */
export function worstDatasets(datasets: readonly View<Known, 'Dataset'>[]) {
  return datasets
    .filter(({ health }) => health !== 'ok')
    .sort((a, b) => byHealth(a, b) || (b.lateness ?? 0) - (a.lateness ?? 0) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_WORST)
    .map(({ id, owner, health = 'unknown', lateness }) => ({ id, owner, health, lateness }));
}

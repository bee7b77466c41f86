import { action, changed, entityWorkflow, loader, rollup, type FieldsOf } from '@tributary/stateful-workflow';
import { judge, worstOf } from './health.js';
import { hierarchy } from './model.js';
import { limits, setThresholds } from './thresholds.js';

/** Name of the event that tells of another health; with its prefix the type of the CloudEvent. */
export const HEALTH_CHANGED = 'health-changed.v1';

type DatasetFields = FieldsOf<(typeof hierarchy)['entities']['Dataset']['shape']>;

const health = rollup('self', (dataset: DatasetFields) => judge(dataset.lateness, dataset.limits), worstOf);
const events = { [HEALTH_CHANGED]: changed('health') };

/** A dataset of a data catalog: loads how fresh it is, how large, and whose. */
export const datasetWorkflow = entityWorkflow(hierarchy, 'Dataset', {
  loaders: { freshness: loader('loadDataset', { every: '1m', jitter: 0.3 }) },
  rollups: { limits, health },
  events,
  actions: {
    setThresholds,
    /** Loads now. */
    refresh: action({}, {}, (_, __, context) => context.reload('freshness')),
  },
});

/** A repository of a project on Launchpad. Its project lists all there is to know of it, so it loads nothing itself. */
export const repositoryWorkflow = entityWorkflow(hierarchy, 'Dataset', {
  name: 'RepositoryWorkflow',
  rollups: { limits, health },
  events,
  actions: { setThresholds },
});

import { action, changed, entityWorkflow, own, rollup } from '@tributary/stateful-workflow';
import { HIERARCHY_SOURCE_KNOWN, HIERARCHY_SOURCE_UNKNOWN } from '../errors.js';
import { HEALTH_CHANGED } from './dataset.js';
import { kind, name, shortText } from './fields.js';
import { worstOf, type Health } from './health.js';
import { hierarchy, THRESHOLDS } from './model.js';
import { launchpadSourceWorkflow, sourceWorkflow, worstDatasets } from './source.js';
import { setThresholds } from './thresholds.js';

/** What an organization wants to know: its sources, and which of their datasets are not well; not each new age of theirs. */
const UP = ['Source', 'Dataset.name', 'Dataset.owner', 'Dataset.health'];

/** The top of a tree. */
export const organizationWorkflow = entityWorkflow(hierarchy, 'Organization', {
  owns: { catalogs: own(sourceWorkflow, { up: UP }), projects: own(launchpadSourceWorkflow, { up: UP }) },
  rollups: { health: rollup('sources', ({ health = 'unknown' }: { readonly health?: Health }) => health, worstOf) },
  events: { [HEALTH_CHANGED]: changed('health') },
  actions: {
    setThresholds,
    /** `id`: how the source calls itself; a project's name on Launchpad. */
    addSource: action(
      { id: shortText(), name: name(), kind: kind() },
      {},
      (draft, source) => {
        if (draft.sources.has(source.id)) throw HIERARCHY_SOURCE_KNOWN({ id: source.id });
        draft.sources.add({ ...source, thresholds: [THRESHOLDS] });
        (source.kind === 'catalog' ? draft.catalogs : draft.projects).add(source.id);
      },
    ),
    /** Ends the source and everything below it. */
    removeSource: action({ id: shortText() }, {}, (draft, { id }) => {
      const known = draft.sources.ids();
      if (!known.includes(id)) throw HIERARCHY_SOURCE_UNKNOWN({ id, known: known.length > 0 ? known : 'none' });
      draft.sources.delete(id);
    }),
  },
  views: {
    /** The tree down to its sources, with the datasets counted by health. */
    summary: ({ id, name, health = 'unknown', sources }) => ({
      id,
      name,
      health,
      sources: sources.map((source) => ({
        id: source.id,
        name: source.name,
        kind: source.kind,
        health: source.health ?? 'unknown',
        datasets: source.counts ?? {},
      })),
    }),
    /** Datasets of all sources that are not well, the worst first. */
    worst: ({ sources }) => worstDatasets(sources.flatMap(({ datasets }) => datasets)),
  },
});

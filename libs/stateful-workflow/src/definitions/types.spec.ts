import { bool, choice, int, key, list, obj, optional, record, str } from './fields.js';
import { entity, many, model, one } from './entity.js';
import { action, changed, loader, own, rollup } from './parts.js';
import { entityWorkflow, type ActionInput, type ActionResult, type ViewResult } from './workflow.js';

const catalog = model(
  entity('Organization', { id: key(), name: str(), sources: many('Source', { cascade: true }) }),
  entity('Source', {
    id: key(),
    name: str(),
    note: optional(str()),
    active: bool(),
    health: optional(choice('healthy', 'failing')),
    prefs: obj({ theme: str(), size: int() }),
    tags: list(str()),
    labels: record(str()),
    organization: one('Organization'),
    datasets: many('Dataset'),
  }),
  entity('Dataset', { id: key(), rows: int(), source: one('Source') }),
);

type Exactly<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_equal: Exactly<A, B>): void => undefined;

const sourceWorkflow = entityWorkflow(catalog, 'Source', {
  owns: { datasets: own('DatasetWorkflow', { when: (dataset) => dataset.rows > 0 }) },
  loaders: { datasets: loader('loadDatasets', { every: '15m' }) },
  actions: {
    rename: action({ name: str() }, { serial: true }, (draft, input) => {
      draft.name = input.name;
      draft.prefs.size += 1;
      draft.tags.push('renamed');
      const dataset = draft.datasets.get('d1');
      if (dataset) dataset.rows = 1;
      return draft.tags.length;
    }),
  },
  views: { summary: (source) => ({ n: source.datasets.length, owner: source.organization?.name }) },
  events: { healthChanged: changed('health') },
  rollups: {
    health: rollup(
      'datasets',
      (dataset: { rows: number }) => (dataset.rows > 0 ? 'healthy' : 'failing'),
      () => 'healthy',
    ),
  },
});

test('actions, views and children are typed from the definition', () => {
  expect(Object.keys(sourceWorkflow.actions)).toEqual(['rename']);
  same<ActionInput<typeof sourceWorkflow, 'rename'>['name'], string>(true);
  same<ActionResult<typeof sourceWorkflow, 'rename'>, number>(true);
  same<ViewResult<typeof sourceWorkflow, 'summary'>, { n: number; owner: string | undefined }>(true);
  entityWorkflow(catalog, 'Source', {
    // @ts-expect-error a view writes nothing
    views: { bad: (source) => ((source.name = 'x'), 1) },
  });
  entityWorkflow(catalog, 'Source', {
    // @ts-expect-error there is no such field
    actions: { bad: action({}, {}, (draft) => void draft.nmae) },
  });
  // @ts-expect-error there is no such type
  expect(() => entityWorkflow(catalog, 'Sauce')).toThrow('Type "Sauce" is not valid');
});

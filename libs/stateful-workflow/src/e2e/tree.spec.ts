import { normalizedState, rootView, startInput, healthOf, type MessageBody } from '../core.js';
import { plain } from '../state/view.js';
import { datasetWorkflow, organizationWorkflow, sourceWorkflow, teamWorkflow, watcherWorkflow } from './catalog.js';
import { Network } from './network.js';

const DEFINITIONS = [organizationWorkflow, sourceWorkflow, datasetWorkflow, teamWorkflow, watcherWorkflow];

function tree(): Network {
  const network = new Network(DEFINITIONS);
  network.start(
    startInput(
      organizationWorkflow,
      {
        entity: {
          id: 'o',
          name: 'Org',
          sources: [
            { id: 's1', name: 'One', prefs: {}, labels: {}, datasets: [{ id: 'd1', name: 'D1', active: true }] },
          ],
        },
      },
      { at: 0 },
    ),
  );
  network.settle();
  return network;
}

test('a tree starts, a change at the bottom reaches the top', () => {
  const network = tree();
  expect([...network.nodes.keys()]).toEqual(['Organization/o', 'Source/s1', 'Dataset/d1']);
  const change: MessageBody = {
    kind: 'change',
    changes: [{ op: 'update', type: 'Dataset', id: 'd1', set: { health: 'failing', rows: 3 } }],
  };
  expect(network.send('Dataset/d1', change)).toEqual({ status: 'done' });
  network.settle();
  expect(plain(rootView(organizationWorkflow, network.state('Organization/o')))).toEqual({
    id: 'o',
    name: 'Org',
    health: 'failing',
    sources: [
      {
        id: 's1',
        name: 'One',
        health: 'failing',
        prefs: {},
        labels: {},
        datasets: [
          { id: 'd1', name: 'D1', active: true, rows: 3, health: 'failing', columns: [], near: [], upstream: [] },
        ],
      },
    ],
  });
  expect(normalizedState(sourceWorkflow, network.state('Source/s1'))['Dataset']).toEqual({
    d1: { id: 'd1', name: 'D1', active: true, rows: 3, health: 'failing', columns: [], near: [], upstream: [] },
  });
  expect(healthOf(network.state('Organization/o')).deadLetters).toEqual([]);
});

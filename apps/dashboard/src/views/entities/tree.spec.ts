import type { EntityType } from '../../api/entities.js';
import { nodesOfChildren } from './node.js';
import { treeMove, type TreeRow } from './tree-keys.js';

const ROWS: readonly TreeRow[] = [
  { key: 'acme', level: 1, expanded: true },
  { key: 'crm', level: 2, expanded: false },
  { key: 'erp', level: 2, expanded: true },
  { key: 'orders', level: 3 },
  { key: 'umbrella', level: 1, expanded: true },
];

it.each([
  ['acme', 'ArrowDown', { focus: 'crm' }],
  ['umbrella', 'ArrowDown', undefined],
  ['acme', 'ArrowUp', undefined],
  ['orders', 'ArrowUp', { focus: 'erp' }],
  ['orders', 'Home', { focus: 'acme' }],
  ['acme', 'End', { focus: 'umbrella' }],
  ['acme', 'ArrowRight', { focus: 'crm' }],
  ['crm', 'ArrowRight', { expand: 'crm' }],
  ['orders', 'ArrowRight', undefined],
  // Expanded, and nothing has been found below it.
  ['umbrella', 'ArrowRight', undefined],
  ['erp', 'ArrowLeft', { collapse: 'erp' }],
  ['crm', 'ArrowLeft', { focus: 'acme' }],
  ['orders', 'ArrowLeft', { focus: 'erp' }],
  ['acme', 'a', undefined],
  ['gone', 'ArrowDown', undefined],
])('at %s the key %s asks for %j', (current, key, move) => {
  expect(treeMove(ROWS, current, key)).toEqual(move);
});

it('shows children as their owner knows them, and none that have ended', () => {
  const type = (name: string, entity: string): EntityType => ({ type: name, title: '', entity, start: {}, actions: [], views: [], loaders: [] });
  const child = (id: string, status: string, failures = 0) => ({ workflow: `Source/${id}`, type: 'Source', id, relation: 'sources', status, failures });
  const nodes = nodesOfChildren([child('crm', 'running'), child('erp', 'waiting', 2), child('old', 'ended')], [type('source', 'Source'), type('launchpad-source', 'Source'), type('dataset', 'Dataset')], {
    Source: { crm: { name: 'Customers', health: 'late' }, old: { name: 'Old' } },
  });
  expect(nodes).toMatchObject([
    { key: 'Source/crm', name: 'Customers', health: 'late', trouble: undefined, candidates: ['source', 'launchpad-source'] },
    { key: 'Source/erp', name: 'erp', health: undefined, trouble: 'waiting after 2 failures' },
  ]);
});

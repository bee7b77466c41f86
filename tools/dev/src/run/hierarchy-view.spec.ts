import { treeLines } from './hierarchy-view.js';

it('draws a tree: a mark for each dataset, and those that are not well by name', () => {
  const lines = treeLines({
    Organization: { acme: { id: 'acme', name: 'Acme', health: 'stale', sources: ['finance', 'sales', 'web'] } },
    Source: {
      finance: { id: 'finance', name: 'Finance', health: 'late', datasets: ['finance.a', 'finance.b'] },
      sales: { id: 'sales', name: 'Sales', health: 'stale', datasets: ['sales.a', 'sales.b', 'sales.c'] },
      web: { id: 'web', name: 'Web', datasets: [] },
    },
    Dataset: {
      'finance.a': { id: 'finance.a', name: 'a', health: 'ok' },
      'finance.b': { id: 'finance.b', name: 'b', health: 'late', owner: 'ada' },
      'sales.a': { id: 'sales.a', name: 'a', health: 'ok' },
      'sales.b': { id: 'sales.b', name: 'b' },
      'sales.c': { id: 'sales.c', name: 'c', health: 'stale' },
    },
  });
  expect(lines).toEqual([
    '○ acme stale',
    '├─ ◐ finance late  ●◐  1 ok, 1 late',
    '│     ◐ finance.b late, owner ada',
    '├─ ○ sales stale  ●·○  1 ok, 1 unknown, 1 stale',
    '│     ○ sales.c stale',
    '└─ · web unknown',
  ]);
});

it('draws nothing of a tree that is not there yet', () => {
  expect(treeLines({})).toEqual([]);
});

import { describe, expect, it } from '@jest/globals';
import { SmallTree } from '../e2e/small-tree.js';

/** Datasets by how late they are. */
type World = Record<string, Record<string, number | undefined>>;

function grow(world: World): SmallTree {
  const tree = new SmallTree((activity, id) => {
    if (activity === 'loadSource') return [];
    if (activity === 'loadDatasets' || activity === 'loadRepositories') {
      const entities = Object.entries(world[id] ?? {}).map(([dataset, lateness]) => ({
        id: dataset,
        name: dataset,
        self: [dataset],
        thresholds: ['standard'],
        ...(activity === 'loadRepositories' && lateness !== undefined && { lateness }),
      }));
      return [{ op: 'replace', type: 'Source', id, relation: 'datasets', entities }];
    }
    const lateness = Object.values(world).find((datasets) => id in datasets)?.[id];
    return lateness === undefined ? undefined : [{ op: 'update', type: 'Dataset', id, set: { lateness } }];
  });
  for (const id of Object.keys(world)) expect(tree.act('Organization/acme', 'addSource', { id, name: id, kind: id.startsWith('lp-') ? 'launchpad' : 'catalog' })).toBeUndefined();
  return tree;
}

const healths = (tree: SmallTree) => ({
  acme: tree.own('Organization', 'acme')?.['health'],
  ...Object.fromEntries(tree.workflows.filter((id) => !id.startsWith('Organization')).map((id) => [id, tree.own(...(id.split('/') as [string, string]))?.['health']])),
});

describe('a tree', () => {
  it('rolls up the worst, over any kind of source', () => {
    const tree = grow({ sales: { a: 0, b: 1.75 }, 'lp-tools': { c: 0.5 } });
    expect(healths(tree)).toEqual({ acme: 'late', 'Dataset/a': 'ok', 'Dataset/b': 'late', 'Dataset/c': 'ok', 'Source/lp-tools': 'ok', 'Source/sales': 'late' });
    expect(tree.own('Source', 'sales')?.['counts']).toEqual({ ok: 1, late: 1 });
  });

  it('does not know what could never be loaded', () => {
    const tree = grow({ sales: { a: 0, b: undefined } });
    expect(healths(tree)).toMatchObject({ acme: 'unknown', 'Dataset/b': 'unknown', 'Source/sales': 'unknown' });
  });

  it('tells the organization how datasets are, and not each new age of theirs', () => {
    const world = { sales: { a: 0 } };
    const tree = grow(world);
    world.sales.a = 1.25;
    tree.load('Dataset/a');
    expect(tree.seenBy('Source/sales', 'Dataset', 'a')).toMatchObject({ health: 'ok', lateness: 1.25 });
    expect(tree.seenBy('Organization/acme', 'Dataset', 'a')).not.toHaveProperty('lateness');
  });

  it('publishes nothing of the health that everything begins with', () => {
    const tree = grow({ sales: { a: undefined } });
    expect(tree.workflows).toContain('Dataset/a');
    expect(tree.published).toEqual([]);
  });

  it('publishes each change of health once, at each level that it changes', () => {
    const world = { sales: { a: 0, b: 0 } };
    const tree = grow(world);
    tree.published.length = 0;
    world.sales.a = 5;
    tree.load('Dataset/a');
    world.sales.b = 5;
    tree.load('Dataset/b');
    const told = tree.published.map(({ event, id, before, after }) => [event, id.split('/health')[0], before, after]);
    expect(told).toEqual([
      ['health-changed.v1', 'Dataset/a', 'ok', 'stale'],
      ['health-changed.v1', 'Source/sales', 'ok', 'stale'],
      ['health-changed.v1', 'Organization/acme', 'ok', 'stale'],
      ['health-changed.v1', 'Dataset/b', 'ok', 'stale'],
    ]);
  });

  it('goes by the thresholds that were set last, at whatever level, and reaches what is below alone', () => {
    const tree = grow({ sales: { a: 2, b: 2 }, web: { c: 2 } });
    const set = (workflow: string, lateAfter: number, staleAfter: number) => tree.act(workflow, 'setThresholds', { lateAfter, staleAfter });
    set('Organization/acme', 3, 4);
    expect(healths(tree)).toMatchObject({ acme: 'ok', 'Dataset/a': 'ok', 'Dataset/c': 'ok' });
    set('Source/sales', 1, 2);
    expect(healths(tree)).toMatchObject({ acme: 'stale', 'Dataset/a': 'stale', 'Dataset/b': 'stale', 'Dataset/c': 'ok' });
    set('Dataset/a', 5, 6);
    expect(healths(tree)).toMatchObject({ 'Dataset/a': 'ok', 'Dataset/b': 'stale' });
    set('Organization/acme', 1, 3);
    expect(healths(tree)).toMatchObject({ acme: 'late', 'Dataset/a': 'late', 'Dataset/b': 'late', 'Dataset/c': 'late' });
    expect(set('Organization/acme', 3, 3)).toBe('HIERARCHY_THRESHOLDS_INVALID');
  });

  it('ends what vanishes and what is removed, and counts it no more', () => {
    const world: World = { sales: { a: 0, b: 5 }, web: { c: 5 } };
    const tree = grow(world);
    delete world['sales']?.['b'];
    tree.load('Source/sales');
    expect(tree.workflows).toEqual(['Dataset/a', 'Dataset/c', 'Organization/acme', 'Source/sales', 'Source/web']);
    expect(healths(tree)).toMatchObject({ acme: 'stale', 'Source/sales': 'ok' });
    tree.act('Organization/acme', 'removeSource', { id: 'web' });
    expect(healths(tree)).toMatchObject({ acme: 'ok' });
    expect(tree.workflows).not.toContain('Source/web');
    expect(tree.act('Organization/acme', 'removeSource', { id: 'web' })).toBe('HIERARCHY_SOURCE_UNKNOWN');
    expect(tree.act('Organization/acme', 'addSource', { id: 'sales', name: 'Again', kind: 'catalog' })).toBe('HIERARCHY_SOURCE_KNOWN');
  });
});

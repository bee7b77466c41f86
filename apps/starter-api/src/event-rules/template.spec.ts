import { fillHoles, holesOf, touchesHole } from './template.js';

const event = { id: '1', type: 't', data: { table: { 'a/b': 'x~y' }, list: [{ n: 0 }], nothing: null } };

test.each<[unknown, unknown]>([
  ['/id', '1'],
  ['/data', event.data],
  ['/data/table/a~1b', 'x~y'],
  ['/data/list/0/n', 0],
  ['/data/nothing', null],
])('puts in the value at %s', (pointer, value) => {
  expect(fillHoles({ deep: [{ $event: pointer }] }, event)).toEqual({ value: { deep: [value] } });
});

test.each(['/data/none', '/data/list/1', '/data/list/-', '/data/__proto__/x', '/data/constructor', '/subject'])('says that nothing is at %s', (pointer) => {
  expect(fillHoles({ $event: pointer }, event)).toMatchObject({ missing: pointer });
});

test('knows what is a place for a value and what only looks like one', () => {
  const input = { a: { $event: '/data/x' }, b: [{ $event: '/secret' }], c: { $event: '/data', more: 1 }, d: { $event: 1 } };
  const { holes, problems } = holesOf(input);
  expect(holes).toEqual(['/a']);
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/b/0', '/c', '/d']);
});

test('leaves open what an event may still make right', () => {
  expect(['/', '/a', '/a/b', '/a/b/c', '/ab', '/x'].map((pointer) => touchesHole(pointer, ['/a/b']))).toEqual([true, true, true, true, false, false]);
});

import { kindsOf } from './planned-kinds.js';

const verdict = { selected: true, readable: true, reason: '' };
const counts = (of: Readonly<Record<string, number>>) => of as never;

it('has the kinds of which there is something, in their order', () => {
  const databases = [
    { name: 'closed', verdict },
    { name: 'a', verdict, counts: counts({ relation: 3, column: 9, index: 0, routine: 0 }) },
    { name: 'b', verdict, counts: counts({ relation: 0, column: 0, index: 0, routine: 1 }) },
  ];
  expect(kindsOf(databases)).toEqual(['relation', 'column', 'routine']);
  expect(kindsOf([{ name: 'closed', verdict }])).toEqual([]);
});

import fc from 'fast-check';
import { changesOf, merged } from './merge.js';

const BASE = { description: 'a', input: { source: { host: 'old', port: 1 }, names: ['x'] } };

it('names the places that one of two has changed, with what each has there', () => {
  const theirs = { description: 'a', input: { source: { host: 'theirs', port: 1 }, names: ['x'], options: { raw: true } } };
  const mine = { input: { source: { host: 'old', port: 2 }, names: ['x', 'y'] } };
  expect(changesOf(BASE, theirs, mine)).toEqual([
    { pointer: '/description', base: 'a', theirs: 'a', mine: undefined },
    { pointer: '/input/source/host', base: 'old', theirs: 'theirs', mine: 'old' },
    { pointer: '/input/source/port', base: 1, theirs: 1, mine: 2 },
    { pointer: '/input/names', base: ['x'], theirs: ['x'], mine: ['x', 'y'] },
    { pointer: '/input/options/raw', base: undefined, theirs: true, mine: undefined },
  ]);
  expect(changesOf({ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1, b: 2 })).toEqual([]);
});

it('puts changes of both together, and keeps mine where both have changed one place', () => {
  const theirs = { ...BASE, input: { ...BASE.input, source: { host: 'theirs', port: 9 } } };
  const mine = { input: { ...BASE.input, source: { host: 'old', port: 2 } } };
  expect(merged(BASE, theirs, mine)).toEqual({ input: { source: { host: 'theirs', port: 2 }, names: ['x'] } });
});

it('is theirs where nothing was changed, and mine where they have changed nothing', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => typeof json === 'object' && json !== null && !Array.isArray(json));
  fc.assert(
    fc.property(value, value, (base, other) => {
      expect(merged(base, other, base)).toEqual(other);
      expect(changesOf(merged(base, base, other), other, other)).toEqual([]);
      expect(changesOf(base, base, base)).toEqual([]);
    }),
  );
});

import fc from 'fast-check';
import { hashOf, PersistentMap } from './persistent-map.js';

const keys = fc.oneof(fc.constantFrom('a', 'b', 'Aa', 'BB'), fc.string());
const operations = fc.array(fc.record({ key: keys, value: fc.option(fc.nat(5), { nil: undefined }) }), {
  maxLength: 200,
});

test('it is a map, whatever is set and deleted, and each earlier map stays as it was', () => {
  fc.assert(
    fc.property(operations, (list) => {
      const expected = new Map<string, number>();
      const before: [PersistentMap<number>, Map<string, number>][] = [];
      let map = PersistentMap.empty<number>();
      for (const { key, value } of list) {
        before.push([map, new Map(expected)]);
        if (value === undefined) expected.delete(key);
        else expected.set(key, value);
        map = value === undefined ? map.delete(key) : map.set(key, value);
      }
      for (const [persistent, plain] of [...before, [map, expected] as const]) {
        expect(new Map(persistent.entries())).toEqual(plain);
        expect(persistent.size).toBe(plain.size);
        for (const key of plain.keys()) expect(persistent.get(key)).toBe(plain.get(key));
      }
    }),
  );
});

test('two maps of the same entries list them alike, however they came about', () => {
  fc.assert(
    fc.property(fc.uniqueArray(keys, { maxLength: 100 }), fc.array(keys, { maxLength: 30 }), (entries, passing) => {
      const straight = PersistentMap.of(entries.map((key) => [key, key] as const));
      let detour = PersistentMap.of([...entries, ...passing].reverse().map((key) => [key, key] as const));
      for (const key of passing) if (!entries.includes(key)) detour = detour.delete(key);
      expect([...detour.keys()]).toEqual([...straight.keys()]);
    }),
  );
});

test('keys with the same hash live side by side', () => {
  const byHash = new Map<number, string>();
  let pair: [string, string] | undefined;
  for (let index = 0; pair === undefined; index += 1) {
    const key = index.toString(36);
    const other = byHash.get(hashOf(key));
    if (other !== undefined) pair = [other, key];
    byHash.set(hashOf(key), key);
  }
  const [one, two] = pair;
  const both = PersistentMap.empty<number>().set(one, 1).set(two, 2);
  expect([both.get(one), both.get(two), both.size]).toEqual([1, 2, 2]);
  expect([...both.set(one, 3).entries()]).toEqual([...PersistentMap.empty<number>().set(two, 2).set(one, 3).entries()]);
  expect([...both.delete(one).keys()]).toEqual([two]);
  expect(both.delete(one).delete(two).size).toBe(0);
});

test('setting what is there gives the same map', () => {
  const map = PersistentMap.of([['a', 1]]);
  expect(map.set('a', 1)).toBe(map);
  expect(map.delete('b')).toBe(map);
});

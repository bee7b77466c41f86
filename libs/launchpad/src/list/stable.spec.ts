import fc from 'fast-check';
import { FIRST_PASS, MAX_PASSES, stableStep, type StableCursor } from './stable.js';

/** Reads a listing by position, three at a time; `between` changes it after each request. */
function read(rows: string[], between: (rows: string[], request: number) => string[]): { found: Set<string>; requests: number; end: 'complete' | 'unstable' } {
  const found = new Set<string>();
  let state: StableCursor = FIRST_PASS;
  for (let requests = 1; ; requests++) {
    const from = state.at === undefined ? 0 : Number(state.at);
    const page = rows.slice(from, from + 3);
    for (const row of page) found.add(row);
    const next = stableStep(state, page, from + 3 < rows.length ? String(from + 3) : undefined);
    if (next === undefined) return { found, requests, end: 'complete' };
    if (next === 'unstable') return { found, requests, end: 'unstable' };
    state = next;
    rows = between(rows, requests);
  }
}

test('one page is read once, more pages until two passes agree', () => {
  const still = (rows: string[]) => rows;
  expect(read(['a', 'b', 'c'], still)).toMatchObject({ requests: 1, end: 'complete' });
  expect(read(['a', 'b', 'c', 'd'], still)).toMatchObject({ requests: 4, end: 'complete' });
});

test('what an entry that left would have hidden is found', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'];
  const { found, end } = read(rows, (now, request) => (request === 1 ? now.filter((row) => row !== 'a') : now));
  expect(end).toBe('complete');
  expect([...found].sort()).toEqual(rows);
});

test('nothing that stays is missed, however many leave after some request', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 30 }), fc.array(fc.nat()), fc.nat(5), (rows, leave, when) => {
      const leaving = new Set(leave.map((index) => rows[index % rows.length]));
      const { found, end } = read(rows, (now, request) => (request === when ? now.filter((row) => !leaving.has(row)) : now));
      expect(end).toBe('complete');
      expect(rows.filter((row) => !leaving.has(row) && !found.has(row))).toEqual([]);
    }),
  );
});

test('a listing that never stands still is said to be unstable', () => {
  let number = 0;
  const { end, requests } = read(['a', 'b', 'c', 'd'], (rows) => [...rows.slice(0, 3), `new-${String(++number)}`]);
  expect(end).toBe('unstable');
  expect(requests).toBe(2 * MAX_PASSES);
});

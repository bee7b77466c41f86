import { formatInstant, parseInstant } from '@tributary/etl';
import fc from 'fast-check';
import { ignoresBound, keysetStep, type KeysetCursor, type KeysetStep } from './keyset.js';

interface Row {
  readonly link: string;
  readonly time: string;
}

/** A server with pages of `size` rows, which hides some of them after it has cut the page. */
function page(rows: readonly Row[], hidden: ReadonlySet<string>, size: number, state: KeysetCursor, direction: 'ascending' | 'descending') {
  const sign = direction === 'ascending' ? 1n : -1n;
  const ordered = rows
    .filter(({ time }) => state.bound === undefined || sign * parseInstant(time) > sign * parseInstant(state.bound))
    .sort((a, b) => Number(sign * (parseInstant(a.time) - parseInstant(b.time))));
  const from = state.at === undefined ? 0 : Number(state.at);
  const cut = ordered.slice(from, from + size);
  return { entries: cut.filter(({ link }) => !hidden.has(link)), cursor: from + size < ordered.length ? String(from + size) : undefined };
}

const moments = fc.array(fc.record({ at: fc.integer({ min: 0, max: 30 }), hidden: fc.boolean() }), { maxLength: 60 });

test.each(['ascending', 'descending'] as const)('a listing in %s order gives every visible row once, whatever its ties and thinned pages', (direction) => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 7 }), (all, size) => {
      const rows = all.map(({ at }, index) => ({ link: `row-${String(index)}`, time: formatInstant(BigInt(at)) }));
      const hidden = new Set(rows.filter((_, index) => all[index]?.hidden === true).map(({ link }) => link));
      const found: string[] = [];
      let state: KeysetCursor | undefined = { seen: [] };
      for (let requests = 0; state !== undefined; requests++) {
        expect(requests).toBeLessThan(400);
        const step: KeysetStep<Row> = keysetStep(state, page(rows, hidden, size, state, direction), direction);
        found.push(...step.fresh.map(({ link }) => link));
        state = step.next === undefined ? undefined : (JSON.parse(JSON.stringify(step.next)) as KeysetCursor);
      }
      expect([...found].sort()).toEqual(rows.map(({ link }) => link).filter((link) => !hidden.has(link)).sort());
    }),
  );
});

test('rows that go or come while it is read move nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 10, maxLength: 60 }), fc.array(fc.nat(59), { maxLength: 20 }), (times, leave) => {
      let rows = times.map((at) => ({ link: `row-${String(at)}`, time: formatInstant(BigInt(at)) }));
      const leaving = new Set(leave.map((index) => rows[index % rows.length]?.link));
      const staying = rows.filter(({ link }) => !leaving.has(link)).map(({ link }) => link);
      const found = new Set<string>();
      for (let state: KeysetCursor | undefined = { seen: [] }, request = 0; state !== undefined; request++) {
        const step: KeysetStep<Row> = keysetStep(state, page(rows, new Set(), 5, state, 'ascending'), 'ascending');
        for (const { link } of step.fresh) found.add(link);
        state = step.next;
        if (request === 0) rows = rows.filter(({ link }) => !leaving.has(link));
        rows = [...rows, { link: `new-${String(request)}`, time: formatInstant(BigInt(1_000 + request)) }].slice(0, 80);
        if (request > 60) break;
      }
      expect(staying.filter((link) => !found.has(link))).toEqual([]);
    }),
  );
});

test('what a page carries to the next does not grow with the rows of one time', () => {
  const rows = Array.from({ length: 200 }, (_, index) => ({ link: `row-${String(index)}`, time: formatInstant(1n) }));
  let state: KeysetCursor | undefined = { seen: [] };
  const sizes: number[] = [];
  while (state !== undefined) {
    state = keysetStep(state, page(rows, new Set(), 10, state, 'ascending'), 'ascending').next;
    sizes.push(JSON.stringify(state ?? {}).length);
  }
  expect(sizes.length).toBeGreaterThan(20);
  expect(Math.max(...sizes)).toBeLessThan(300);
});

test.each(['ascending', 'descending'] as const)('notices a server that ignores the bound of a listing in %s order', (direction) => {
  const at = (micros: bigint) => ({ link: 'row', time: formatInstant(micros) });
  const ignored = (...times: bigint[]) => ignoresBound({ bound: formatInstant(5n), seen: [] }, times.map(at), direction);
  const [inside, outside] = direction === 'ascending' ? [6n, 4n] : [4n, 6n];
  expect([ignored(), ignored(5n), ignored(inside), ignored(inside, outside)]).toEqual([false, false, false, true]);
  expect(ignoresBound({ seen: [] }, [at(outside)], direction)).toBe(false);
});

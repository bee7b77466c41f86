import { eventsTable } from './events-table.js';

const SPAN = { first: '2023-02-27', last: '2026-03-02' };

it('has a column per type and a row per week that has events', () => {
  const counts = [
    { week: '2026-03-02', type: 'bug.created', count: 3 },
    { week: '2026-02-09', type: 'bug.created', count: 1 },
    { week: '2026-02-09', type: 'answer.given', count: 7 },
  ];
  expect(eventsTable(SPAN, counts)).toEqual({
    from: SPAN.first,
    to: SPAN.last,
    types: ['answer.given', 'bug.created'],
    weeks: [
      { week: '2026-02-09', counts: [7, 1] },
      { week: '2026-03-02', counts: [0, 3] },
    ],
  });
  expect(eventsTable(SPAN, [])).toEqual({ from: SPAN.first, to: SPAN.last, types: [], weeks: [] });
});

it('sums up the least frequent of too many types, and fits into a payload', () => {
  const weeks = Array.from({ length: 158 }, (_, at) => new Date(Date.UTC(2023, 1, 27) + at * 7 * 86_400_000).toISOString().slice(0, 10));
  const counts = weeks.flatMap((week) =>
    Array.from({ length: 130 }, (_, at) => ({ week, type: `a type with quite a long name ${String(at).padStart(3, '0')}`, count: 1_000_000 - at })),
  );
  const table = eventsTable(SPAN, counts);
  expect(table.types).toHaveLength(100);
  expect(table.types.at(-1)).toContain('099');
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const shown = table.weeks.reduce((sum, week) => sum + week.counts.reduce((a, b) => a + b, 0), 0);
  expect(table.omitted?.types).toBe(30);
  expect(shown + (table.omitted?.events ?? 0)).toBe(total);
  expect(Buffer.byteLength(JSON.stringify(table))).toBeLessThan(200 * 1024);
});

import type { EventsTable } from '@tributary/workflow-contracts/etl';
import type { EventCount } from '../../store/types.js';
import type { WeekSpan } from './week-span.js';

/** Types that a table has columns for: with them three years stay below the limit of a payload. */
const TYPES_MAX = 100;

/** Counts as a table of weeks and types; the least frequent types of too many are summed up. */
export function eventsTable({ first, last }: WeekSpan, counts: readonly EventCount[]): EventsTable {
  const totals = new Map<string, number>();
  for (const { type, count } of counts) totals.set(type, (totals.get(type) ?? 0) + count);
  const byFrequency = [...totals].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const types = byFrequency.slice(0, TYPES_MAX).map(([type]) => type).sort();
  const rest = byFrequency.slice(TYPES_MAX);

  const columns = new Map(types.map((type, at) => [type, at]));
  const weeks = new Map<string, number[]>();
  for (const { week, type, count } of counts) {
    const row = weeks.get(week) ?? types.map(() => 0);
    weeks.set(week, row);
    const at = columns.get(type);
    if (at !== undefined) row[at] = count;
  }
  return {
    from: first,
    to: last,
    types,
    weeks: [...weeks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([week, row]) => ({ week, counts: row })),
    ...(rest.length > 0 && { omitted: { types: rest.length, events: rest.reduce((sum, [, count]) => sum + count, 0) } }),
  };
}

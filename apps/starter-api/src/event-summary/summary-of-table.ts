import type { EventsTable } from '@tributary/workflow-contracts/etl';
import type { EventSummary } from './schemas.js';

/** The table as a list of what there is in it. */
export function summaryOfTable({ from, to, types, weeks, omitted }: EventsTable): EventSummary {
  const counted = weeks.flatMap(({ week, counts }) =>
    types.map((type, at) => ({ week, type, count: counts[at] ?? 0 })).filter(({ count }) => count > 0),
  );
  const total = counted.reduce((sum, { count }) => sum + count, omitted?.events ?? 0);
  return { from, to, total, weeks: counted, ...(omitted && { omitted }) };
}

import type { Reading } from '../source/reading.js';
import { decideVisit, type Memory, type Visit } from './recheck.js';

interface Row {
  readonly key: string;
  readonly etag: string;
  readonly open: boolean;
}

/** Which of the listed are to be visited in this run, how, and what was known of them. */
export async function recalledVisits<R extends Row>(
  { query, unit, context }: Reading,
  rows: readonly R[],
): Promise<readonly { readonly row: R; readonly visit: Visit; readonly memory: Memory | undefined }[]> {
  if (!query.incremental) return rows.map((row) => ({ row, visit: { mode: 'whole' }, memory: undefined }));
  const recalled = await context.recall(rows.map(({ key }) => key));
  const newest = unit.payload['newest'] as string | undefined;
  return rows.flatMap((row) => {
    const memory = recalled.get(row.key) as Memory | undefined;
    const visit = decideVisit(memory, row, newest, query.startedAt);
    return visit === undefined ? [] : [{ row, visit, memory }];
  });
}

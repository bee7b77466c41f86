import type { QuarantineSummary, ScopeReport } from '@tributary/workflow-contracts/sql-metadata';

/** Sums counts by key; keys in order of name, so that equal runs write equal documents. */
export function addCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total = new Map<string, number>();
  for (const each of all) for (const [key, count] of Object.entries(each)) total.set(key, (total.get(key) ?? 0) + count);
  return Object.fromEntries([...total].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Sums quarantine summaries by code. */
export function addQuarantine(all: readonly QuarantineSummary[]): QuarantineSummary[] {
  return Object.entries(addCounts(all.map(({ code, count }) => ({ [code]: count })))).map(([code, count]) => ({ code, count }));
}

/** Objects that reports stand for. */
export function countReported(reports: readonly ScopeReport[]): number {
  return reports.reduce((total, { count }) => total + count, 0);
}

/** How fresh something is. `unknown`: its source does not say, or was not asked yet. */
export type Health = 'ok' | 'late' | 'stale' | 'unknown';

/** From good to bad. What is not known may be anything, but what is known to be late is worse. */
export const HEALTHS = ['ok', 'unknown', 'late', 'stale'] as const satisfies readonly Health[];

/** When a dataset counts as late and as stale: its age as a multiple of the interval at which it is meant to be loaded. */
export interface Limits {
  readonly lateAfter: number;
  readonly staleAfter: number;
}

export const DEFAULT_LIMITS: Limits = { lateAfter: 1.5, staleAfter: 3 };

/** Health of a dataset by how late it is. */
export function judge(lateness: number | undefined, { lateAfter, staleAfter }: Limits = DEFAULT_LIMITS): Health {
  if (lateness === undefined) return 'unknown';
  if (lateness >= staleAfter) return 'stale';
  return lateness >= lateAfter ? 'late' : 'ok';
}

/** Health of a whole whose parts are counted by health; `unknown` when it has none. */
export function worstOf(counts: Readonly<Record<string, number>>): Health {
  return HEALTHS.findLast((health) => (counts[health] ?? 0) > 0) ?? 'unknown';
}

/** Compares two by health, the worst first. */
export function byHealth(a: { readonly health?: Health }, b: { readonly health?: Health }): number {
  return HEALTHS.indexOf(b.health ?? 'unknown') - HEALTHS.indexOf(a.health ?? 'unknown');
}

const MOST_LATENESS = 1000;

/**
 * Age of a dataset as a multiple of its interval, rounded down to quarters, so that it is not another number whenever
 * somebody looks. Undefined when either is not known.
 */
export function latenessOf(lastLoadedAt: string | undefined, expectedSeconds: number | undefined, now: number): number | undefined {
  const loaded = Date.parse(lastLoadedAt ?? '');
  if (Number.isNaN(loaded) || expectedSeconds === undefined || expectedSeconds <= 0) return undefined;
  const ratio = Math.max(0, now - loaded) / (expectedSeconds * 1000);
  return Math.min(MOST_LATENESS, Math.floor(ratio * 4) / 4);
}

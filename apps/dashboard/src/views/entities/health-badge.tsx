const TONES: Readonly<Record<string, string>> = { ok: 'good', late: 'warn', stale: 'bad', live: 'good', loading: 'busy', degraded: 'bad', paused: 'warn', closing: 'warn' };

/** How fresh something is, or in which phase an entity. */
export function HealthBadge({ health }: { readonly health: string }) {
  return <span class={`badge ${TONES[health] ?? ''}`}>{health}</span>;
}

/** How far a running batch is, as its activity's heartbeat says. */
export interface BatchHeartbeat {
  readonly database: string;
  readonly kind: string;
  readonly done: number;
}

/** Those of the heartbeats that are of batches which are being extracted. */
export function batchHeartbeats(heartbeats: readonly unknown[]): BatchHeartbeat[] {
  return heartbeats.flatMap((heartbeat) => batchOf(heartbeat) ?? []);
}

function batchOf(heartbeat: unknown): BatchHeartbeat | undefined {
  const { batch, done } = (heartbeat ?? {}) as { batch?: { database?: unknown; kind?: unknown } | null; done?: unknown };
  if (typeof batch?.database !== 'string' || typeof batch.kind !== 'string') return undefined;
  if (typeof done !== 'number' || !Number.isSafeInteger(done) || done < 0) return undefined;
  return { database: batch.database, kind: batch.kind, done };
}

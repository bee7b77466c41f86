import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodePayloads } from '../runs/decode-payloads.js';

/** How far a running batch is, as its activity's heartbeat says. */
export interface BatchHeartbeat {
  readonly database: string;
  readonly kind: string;
  readonly done: number;
}

/** Heartbeats of the batches that are being extracted now. */
export async function batchHeartbeats(client: Client, { raw }: WorkflowExecutionDescription): Promise<BatchHeartbeat[]> {
  const details = (raw.pendingActivities ?? []).map(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? []);
  const decoded = await Promise.all(details.map((payloads) => decodePayloads(client, payloads)));
  return decoded.flatMap(([first]) => batchOf(first) ?? []);
}

function batchOf(heartbeat: unknown): BatchHeartbeat | undefined {
  const { batch, done } = (heartbeat ?? {}) as { batch?: { database?: unknown; kind?: unknown } | null; done?: unknown };
  if (typeof batch?.database !== 'string' || typeof batch.kind !== 'string') return undefined;
  if (typeof done !== 'number' || !Number.isSafeInteger(done) || done < 0) return undefined;
  return { database: batch.database, kind: batch.kind, done };
}

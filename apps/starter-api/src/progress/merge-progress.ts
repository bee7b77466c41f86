import type { ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import type { BatchHeartbeat } from './batch-heartbeats.js';

/**
 * Adds what heartbeats say of running batches to what the workflow knows, which is finished batches alone: so the bars
 * move within a batch. The rate is then that of all records read.
 * @param elapsedMs time since the run started
 */
export function mergeProgress(
  progress: ExtractionProgress,
  heartbeats: readonly BatchHeartbeat[],
  elapsedMs: number,
): ExtractionProgress {
  const beats = new Map(heartbeats.map((beat) => [key(beat), beat.done]));
  let gained = 0;
  const batches = progress.batches.map((batch) => {
    const done = batch.state === 'running' ? Math.max(batch.done, beats.get(key(batch)) ?? 0) : batch.done;
    gained += done - batch.done;
    return { ...batch, done, total: Math.max(batch.total, done) };
  });
  if (gained === 0) return progress;
  const done = progress.done + gained;
  const seconds = (elapsedMs - before(progress)) / 1_000;
  return {
    ...progress,
    done,
    total: Math.max(progress.total, done),
    rate: seconds > 0 ? Math.round(done / seconds) : progress.rate,
    batches,
  };
}

/** Milliseconds from the start of the run to the start of extraction. */
function before({ phaseMillis: { checking = 0, planning = 0 } }: ExtractionProgress): number {
  return checking + planning;
}

function key({ database, kind }: { database: string; kind: string }): string {
  return `${kind}:${database}`;
}

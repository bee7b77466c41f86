import type { EventCounts, FlowProgress } from '@tributary/workflow-contracts/etl';

/** How far the stage that runs now is, as its activity's heartbeat says. */
interface StageHeartbeat {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly events: EventCounts;
}

/**
 * Adds what the heartbeat of the running stage says to what the workflow knows, which is finished stages alone: so the
 * bar moves within a stage. The rate is then that of the stage.
 * @param elapsedMs time since the run started
 */
export function mergeFlowProgress(progress: FlowProgress, heartbeats: readonly unknown[], elapsedMs: number): FlowProgress {
  // One of a stage that has just ended says nothing of the next.
  const beat = heartbeats.filter(isStageHeartbeat).find(({ stage }) => stage === progress.phase);
  if (!beat) return progress;
  const { done, total, events } = beat;
  const seconds = (elapsedMs - Object.values(progress.phaseMillis).reduce((sum, millis) => sum + millis, 0)) / 1_000;
  const { inserted, updated, unchanged } = events;
  return { ...progress, done, total: Math.max(total, done), rate: seconds > 0 ? done / seconds : 0, events: { inserted, updated, unchanged } };
}

function isStageHeartbeat(value: unknown): value is StageHeartbeat {
  const { stage, done, total, events } = (value ?? {}) as Partial<Record<keyof StageHeartbeat, unknown>>;
  const { inserted, updated, unchanged } = (events ?? {}) as Partial<Record<keyof EventCounts, unknown>>;
  return typeof stage === 'string' && [done, total, inserted, updated, unchanged].every((count) => typeof count === 'number' && Number.isSafeInteger(count) && count >= 0);
}

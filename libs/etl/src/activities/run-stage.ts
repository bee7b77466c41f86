import { Context, log } from '@temporalio/activity';
import { SecretScrubber } from '@tributary/common';
import { DEFAULT_HEARTBEAT_TIMEOUT_MS, DEFAULT_LANES, DEFAULT_RETRY_MS, DEFAULT_SILENCE_MS, type EtlDependencies } from '../dependencies.js';
import { stageMetrics } from '../engine/metrics.js';
import { runStage as readStage } from '../engine/stage-runner.js';
import { ETL_STAGE_UNFINISHED } from '../errors.js';
import type { StageHeartbeat, StageProgress, StageRequest } from '../messages.js';
import { DEFAULT_PATIENCE, STAGE_ATTEMPTS } from '../stage-limits.js';
import { flowOf, openLedger } from './open-flow.js';

/** See `EtlActivities.runStage`. */
export async function runStage(dependencies: EtlDependencies, { run, stage }: StageRequest): Promise<StageProgress> {
  const context = Context.current();
  const { info, cancellationSignal: signal, metricMeter } = context;
  const heartbeat = info.heartbeatDetails as StageHeartbeat | undefined;
  const before = heartbeat?.stage === stage ? heartbeat : undefined;
  const flow = flowOf(dependencies, run);
  const { source, query } = flow;
  const ledger = await openLedger(dependencies, run, flow, info);
  const session = await source.open(query, signal);
  const scrubber = dependencies.scrubber ?? new SecretScrubber();
  try {
    await readStage({
      source,
      session,
      query,
      stage,
      ledger,
      signal,
      identities: dependencies.identities,
      lanes: dependencies.lanes ?? DEFAULT_LANES,
      retryMs: dependencies.retryMs ?? DEFAULT_RETRY_MS,
      startedAt: run.startedAt,
      after: before?.after,
      idle: before?.idle ?? 0,
      patience: dependencies.patience ?? DEFAULT_PATIENCE,
      isLast: info.attempt >= STAGE_ATTEMPTS,
      silenceMs: dependencies.silenceMs ?? DEFAULT_SILENCE_MS,
      heartbeatTimeoutMs: dependencies.heartbeatTimeoutMs ?? DEFAULT_HEARTBEAT_TIMEOUT_MS,
      heartbeat: (details) => context.heartbeat(details),
      scrub: (text) => scrubber.scrub(text),
      metrics: stageMetrics(metricMeter, source.sourceKindId, stage),
    });
  } finally {
    await session.close();
  }
  const progress = await ledger.progress(stage);
  if (progress.done !== progress.total) throw ETL_STAGE_UNFINISHED({ stage, open: progress.total - progress.done });
  log.info('Stage finished', { stage, units: progress.total, events: progress.events });
  return progress;
}

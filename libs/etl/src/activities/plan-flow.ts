import { Context, log } from '@temporalio/activity';
import { DEFAULT_HEARTBEAT_TIMEOUT_MS, type EtlDependencies } from '../dependencies.js';
import { assertReadable } from '../engine/check-units.js';
import type { FlowRun, PlannedFlow } from '../messages.js';
import { flowOf, openLedger } from './open-flow.js';
import { validateInput } from './validate-input.js';

/** See `EtlActivities.planFlow`. */
export async function planFlow(dependencies: EtlDependencies, run: FlowRun): Promise<PlannedFlow> {
  const { info, cancellationSignal } = Context.current();
  validateInput(run);
  const flow = flowOf(dependencies, run);
  const { source, query } = flow;
  const ledger = await openLedger(dependencies, run, flow, info);
  const session = await source.open(query, cancellationSignal);
  try {
    const roots = session.roots();
    assertReadable(roots, source.stages, source.type);
    await ledger.add(roots);
    await tidy(dependencies);
    log.info('Flow planned', { query: query.toSummaryBase(), window: query.window, units: roots.length });
    return {
      run: { key: run.key, startedAt: run.startedAt },
      query: query.toSummaryBase(),
      window: query.window,
      stages: source.stages,
      units: roots.filter(({ stage }) => stage === source.stages[0]).length,
      quarantineThreshold: query.quarantineThreshold ?? 0,
      heartbeatTimeoutMs: dependencies.heartbeatTimeoutMs ?? DEFAULT_HEARTBEAT_TIMEOUT_MS,
    };
  } finally {
    await session.close();
  }
}

/** One for each run that starts, so that in time all are closed. What hinders it hinders no run. */
async function tidy({ database }: EtlDependencies): Promise<void> {
  try {
    if (await database.closeAbandonedRun()) log.info('A run that was left alone for a month was closed');
  } catch (error) {
    log.warn('A run that was left alone for a month could not be closed', { error });
  }
}

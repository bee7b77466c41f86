import {
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  isCancellation,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { errorDetails } from '@tributary/common';
import { FLOW_PROGRESS_QUERY } from '@tributary/workflow-contracts/etl';
import type { EtlFlowResult, EventCounts, FlowInput, FlowProgress } from '@tributary/workflow-contracts/etl';
import { ETL_RUN_INCOMPLETE } from '../errors.js';
import type { EtlActivities, FlowReport, FlowRun, PlannedFlow } from '../messages.js';
import { isTolerable } from '../quarantine.js';
import { ProgressTracker } from './progress-tracker.js';
import { STEP_OPTIONS } from './step-options.js';

export const flowProgressQuery = defineQuery<FlowProgress>(FLOW_PROGRESS_QUERY);

/**
 * Runs an ETL flow: plan, the source's stages in order, report, close. Everything that grows stays in the database, so
 * the history has the same few events whatever the run brings. A run that lost something fails with ETL_RUN_INCOMPLETE.
 */
export async function runEtl(flow: string, input: FlowInput, steps: EtlActivities): Promise<EtlFlowResult> {
  const { workflowId, runId, startTime } = workflowInfo();
  let run: FlowRun = { flow, key: `${workflowId}/${runId}`, startedAt: startTime.getTime(), input };
  const progress = new ProgressTracker();
  setHandler(flowProgressQuery, () => progress.snapshot());
  let plan: PlannedFlow;
  let report: FlowReport;
  try {
    plan = await steps.planFlow(run);
    // A reset gives the workflow another run id and start. It goes on with the run that was planned.
    run = { ...run, ...plan.run };
    await runStages(run, plan, progress);
    progress.enter('reporting');
    report = await steps.reportFlow(run);
    progress.load(report.events);
  } catch (error) {
    progress.enter(isCancellation(error) ? 'cancelled' : 'failed');
    await CancellationScope.nonCancellable(() => closeAfter(error, run, steps, progress));
    throw error;
  }
  const complete = isComplete(report, plan);
  // From here on the run has its outcome; a cancellation does not change it any more.
  await CancellationScope.nonCancellable(() => steps.closeFlow({ run, outcome: complete ? 'done' : 'failed' }));
  progress.enter(complete ? 'done' : 'failed');
  const { query, window } = plan;
  const result: EtlFlowResult = { query, window, ...report, phaseMillis: progress.phaseMillis() };
  if (!complete) throw incomplete(result);
  return result;
}

async function runStages(run: FlowRun, plan: PlannedFlow, progress: ProgressTracker): Promise<void> {
  const { runStage } = proxyActivities<EtlActivities>({ ...STEP_OPTIONS.runStage, heartbeatTimeout: plan.heartbeatTimeoutMs });
  for (const [index, stage] of plan.stages.entries()) {
    progress.enter(stage, index === 0 ? plan.units : 0);
    progress.reach(await runStage({ run, stage }));
  }
}

/** A run with losses is not green; what may not be seen or is no more there is none. */
function isComplete(report: FlowReport, { quarantineThreshold }: PlannedFlow): boolean {
  return report.subjects.failed === 0 && report.units.failed === 0 && isTolerable(report, quarantineThreshold);
}

function incomplete(result: EtlFlowResult): ApplicationFailure {
  const { subjects, units, quarantined, events, report } = result;
  const error = ETL_RUN_INCOMPLETE({
    subjects: subjects.failed,
    units: units.failed,
    quarantined,
    events: total(events),
    report: report.uri,
  });
  return ApplicationFailure.nonRetryable(`${error.message} ${error.fix}`, error.code, errorDetails(error), result);
}

async function closeAfter(error: unknown, run: FlowRun, steps: EtlActivities, progress: ProgressTracker): Promise<void> {
  let loaded: string;
  try {
    const events = await steps.closeFlow({ run, outcome: 'failed' });
    progress.load(events);
    loaded = `${total(events)} events are loaded and stay`;
  } catch (failure) {
    // The error that stopped the run is the one to report. The ledger of an open run hinders no other.
    log.warn('The run could not be closed', { error: failure });
    loaded = 'events that were loaded stay, and its row in flow_runs stays open';
  }
  const text = `${isCancellation(error) ? 'Cancelled' : 'Failed'}: ${loaded}.`;
  setCurrentDetails(text);
  log.warn(text);
}

function total({ inserted, updated, unchanged }: EventCounts): number {
  return inserted + updated + unchanged;
}

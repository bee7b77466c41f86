import type { EtlDependencies } from '../dependencies.js';
import type { EtlActivities, SummaryActivities } from '../messages.js';
import { closeFlow } from './close-flow.js';
import { planFlow } from './plan-flow.js';
import { reportFlow } from './report-flow.js';
import { runStage } from './run-stage.js';
import { summarizeEvents } from './summary/summarize-events.js';

/** The activities of `EtlFlow`, `MockFlow` and `summarizeEvents`, on the given dependencies. */
export function createEtlActivities(dependencies: EtlDependencies): EtlActivities & SummaryActivities {
  return {
    planFlow: (run) => planFlow(dependencies, run),
    runStage: (request) => runStage(dependencies, request),
    reportFlow: (run) => reportFlow(dependencies, run),
    closeFlow: (request) => closeFlow(dependencies, request),
    summarizeEvents: (input) => summarizeEvents(dependencies, input),
  };
}

export type { EtlDependencies } from '../dependencies.js';
export type { EtlActivities, StageHeartbeat, SummaryActivities } from '../messages.js';

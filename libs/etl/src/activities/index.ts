import type { EtlDependencies } from '../dependencies.js';
import type { EtlActivities } from '../messages.js';
import { closeFlow } from './close-flow.js';
import { planFlow } from './plan-flow.js';
import { reportFlow } from './report-flow.js';
import { runStage } from './run-stage.js';

/** The activities of `EtlFlow` and `MockFlow`, on the given dependencies. */
export function createEtlActivities(dependencies: EtlDependencies): EtlActivities {
  return {
    planFlow: (run) => planFlow(dependencies, run),
    runStage: (request) => runStage(dependencies, request),
    reportFlow: (run) => reportFlow(dependencies, run),
    closeFlow: (request) => closeFlow(dependencies, request),
  };
}

export type { EtlDependencies } from '../dependencies.js';
export type { EtlActivities, StageHeartbeat } from '../messages.js';

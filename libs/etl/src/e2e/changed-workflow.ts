import { ETL_FLOW, type EtlFlowResult, type FlowInput } from '@tributary/workflow-contracts/etl';
import { defineFlow } from '../flow.js';
import type { EtlActivities } from '../messages.js';
import { STEP_OPTIONS } from '../workflows/step-options.js';

/** EtlFlow as a careless change would leave it: it reports before it reads. Only replay.spec.ts runs it, and must refuse it. */
export const EtlFlow = defineFlow<EtlActivities>()({
  name: ETL_FLOW,
  queueName: 'nowhere',
  activities: STEP_OPTIONS,
  run: async (input: FlowInput, steps) => {
    const run = { flow: ETL_FLOW, key: '', startedAt: 0, input };
    const { query, window } = await steps.planFlow(run);
    const report = await steps.reportFlow(run);
    await steps.runStage({ run, stage: 'list' });
    const result: EtlFlowResult = { query, window, ...report, phaseMillis: {} };
    return result;
  },
});

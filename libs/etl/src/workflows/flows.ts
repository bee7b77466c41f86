import { ETL_FLOW, LAUNCHPAD_QUEUE, MOCK_FLOW } from '@tributary/workflow-contracts/etl';
import type { EtlFlowResult, FlowInput } from '@tributary/workflow-contracts/etl';
import { defineFlow, type Flow } from '../flow.js';
import type { EtlActivities } from '../messages.js';
import { runEtl } from './run-etl.js';
import { STEP_OPTIONS } from './step-options.js';

export type EtlFlowType = Flow<FlowInput, EtlFlowResult, EtlActivities>;

/** The flow that extracts, transforms and loads, for workers that poll `queueName`. */
export function etlFlow(queueName: string): EtlFlowType {
  return flow(ETL_FLOW, queueName);
}

/** The flow that makes its own events from the same input, for workers that poll `queueName`. */
export function mockFlow(queueName: string): EtlFlowType {
  return flow(MOCK_FLOW, queueName);
}

/** Workflow `EtlFlow` of the Launchpad worker. */
export const EtlFlow = etlFlow(LAUNCHPAD_QUEUE);

/** Workflow `MockFlow` of the Launchpad worker. */
export const MockFlow = mockFlow(LAUNCHPAD_QUEUE);

function flow(name: string, queueName: string): EtlFlowType {
  return defineFlow<EtlActivities>()({
    name,
    queueName,
    activities: STEP_OPTIONS,
    run: (input: FlowInput, steps) => runEtl(name, input, steps),
  });
}

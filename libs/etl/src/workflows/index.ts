export { EtlFlow, MockFlow, etlFlow, mockFlow } from './flows.js';
export type { EtlFlowType } from './flows.js';
export { flowProgressQuery } from './run-etl.js';
export { summarizeEvents } from './summarize-events.js';
export { defineFlow } from '../flow.js';
export type { ActivitiesOf, Flow, FlowDefinition, StepOptions } from '../flow.js';

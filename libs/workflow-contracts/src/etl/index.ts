export { ETL_FLOW, FLOW_PROGRESS_QUERY, LAUNCHPAD_QUERY, LAUNCHPAD_QUEUE, MOCK_FLOW } from './names.js';
export type { FlowInput } from './flow-input.js';
export type { Event, EventDraft } from './event.js';
export { LAUNCHPAD_FLOWS } from './launchpad-query.js';
export type { LaunchpadFlow, LaunchpadQueryArgs } from './launchpad-query.js';
export type { EventCounts, FlowProgress } from './progress.js';
export { OUTCOMES } from './result.js';
export type { EtlFlowResult, Outcome, OutcomeCounts, SubjectReport, UnitProblem } from './result.js';

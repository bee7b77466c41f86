import { EtlFlowResultSchema, FlowInputSchema, FlowProgressSchema, LaunchpadQueryArgsSchema } from '@tributary/workflow-contracts/schemas';
import { ETL_FLOW, FLOW_PROGRESS_QUERY, LAUNCHPAD_QUERY, LAUNCHPAD_QUEUE, MOCK_FLOW } from '@tributary/workflow-contracts/etl';
import { mergeFlowProgress } from '../progress/merge-flow-progress.js';
import type { RunType } from '../runs/run-type.js';
import { wholeSchema } from './whole-schema.js';
import { contractCheck } from '../validation.js';

const isProgress = contractCheck(FlowProgressSchema);
const isResult = contractCheck(EtlFlowResultSchema);

const input = wholeSchema({
  ...FlowInputSchema,
  // Of other types the worker alone knows which arguments they take.
  if: { properties: { type: { const: LAUNCHPAD_QUERY } } },
  then: { properties: { args: LaunchpadQueryArgsSchema } },
});

export const etlFlowRun: RunType = flow({
  name: ETL_FLOW,
  slug: 'etl-flow',
  title: 'Extract, transform and load events',
  description: 'Reads what members, teams or projects did within a window, and loads it into the events database, each event once. Runs of the same query may overlap.',
});

export const mockFlowRun: RunType = flow({
  name: MOCK_FLOW,
  slug: 'mock-flow',
  title: 'Load made-up events',
  description: 'Takes the input of a flow and reads no source: it proves that worker and events database work.',
});

function flow(about: Pick<RunType, 'name' | 'slug' | 'title' | 'description'>): RunType {
  return {
    ...about,
    input,
    taskQueue: LAUNCHPAD_QUEUE,
    exclusive: false,
    // A run that was closed has given up what was left to be read. One that was not goes on with it.
    retry: { redo: 'planFlow', after: 'closeFlow' },
    progressQuery: FLOW_PROGRESS_QUERY,
    readProgress: (answer, heartbeats, elapsedMs) =>
      isProgress(answer) ? mergeFlowProgress(answer, heartbeats, elapsedMs) : undefined,
    readResult: (value) => (isResult(value) ? value : undefined),
  };
}

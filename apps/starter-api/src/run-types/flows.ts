import { EtlFlowResultSchema, FlowProgressSchema } from '@tributary/workflow-contracts/schemas';
import { ETL_FLOW, FLOW_PROGRESS_QUERY, LAUNCHPAD_QUEUE, MOCK_FLOW } from '@tributary/workflow-contracts/etl';
import { mergeFlowProgress } from '../progress/merge-flow-progress.js';
import type { RunType } from '../runs/run-type.js';
import { contractCheck } from '../validation.js';

const isProgress = contractCheck(FlowProgressSchema);
const isResult = contractCheck(EtlFlowResultSchema);

export const etlFlowRun: RunType = flow(ETL_FLOW, 'etl-flow');

export const mockFlowRun: RunType = flow(MOCK_FLOW, 'mock-flow');

function flow(name: string, slug: string): RunType {
  return {
    name,
    slug,
    taskQueue: LAUNCHPAD_QUEUE,
    progressQuery: FLOW_PROGRESS_QUERY,
    readProgress: (answer, heartbeats, elapsedMs) =>
      isProgress(answer) ? mergeFlowProgress(answer, heartbeats, elapsedMs) : undefined,
    readResult: (value) => (isResult(value) ? value : undefined),
  };
}

import { ApplicationFailure, condition, defineSignal, proxyActivities, setHandler, defineQuery, workflowInfo } from '@temporalio/workflow';
import type { EtlFlowResult, FlowInput, FlowProgress } from '@tributary/workflow-contracts/etl';
import type {
  ExtractionProgress,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
} from '@tributary/workflow-contracts/sql-metadata';
import type { FixtureActivities } from './activities.js';

const { beat, beatStage, fail, publish, report } = proxyActivities<FixtureActivities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
});

const progressQuery = defineQuery<ExtractionProgress>('progress');
const finish = defineSignal('finish');

/** Stands in for the real extraction where the API is tested: the name of the connection says what it does. */
export async function extractSqlMetadata(input: ExtractSqlMetadataInput): Promise<ExtractSqlMetadataResult | string> {
  const { name } = input.connection;
  let finished = false;
  setHandler(finish, () => void (finished = true));
  if (name !== 'mute') setHandler(progressQuery, () => (name === 'garbled' ? ({ odd: true } as never) : PROGRESS));
  if (name === 'fail') await fail('coded');
  if (name === 'crash') await fail('uncoded');
  if (name === 'beat') await beat('sales', 'column', 40);
  if (name !== 'publish') await condition(() => finished);
  if (name === 'odd result') return 'something else';
  const { workflowId, runId } = workflowInfo();
  return publish(input, workflowId, runId);
}

const flowProgress = defineQuery<FlowProgress>('progress');

/** Stands in for the real flow: the name of the team says what it does. */
export async function EtlFlow(input: FlowInput): Promise<EtlFlowResult> {
  const { team } = input.args as { team?: string };
  let finished = false;
  setHandler(finish, () => void (finished = true));
  setHandler(flowProgress, () => FLOW_PROGRESS);
  if (team === 'beat') await beatStage(30, 80);
  if (team === 'wait') await condition(() => finished);
  const result = await report(workflowInfo().runId);
  if (team === 'incomplete') {
    const about = { code: 'ETL_RUN_INCOMPLETE', status: 500, recovery: 'fatal', fix: 'Read the report.', parameters: {} };
    throw ApplicationFailure.nonRetryable('The run lost something.', 'ETL_RUN_INCOMPLETE', about, result);
  }
  return result;
}

export async function MockFlow(input: FlowInput): Promise<EtlFlowResult> {
  return EtlFlow({ ...input, args: {} });
}

const FLOW_PROGRESS: FlowProgress = {
  phase: 'visit',
  done: 0,
  total: 0,
  rate: 0,
  phaseMillis: { planning: 1, resolve: 1, list: 1 },
  events: { inserted: 0, updated: 0, unchanged: 0 },
};

/** A workflow that is no run. */
export async function somethingElse(): Promise<void> {
  await condition(() => false);
}

const PROGRESS: ExtractionProgress = {
  phase: 'extracting',
  done: 10,
  total: 100,
  rate: 5,
  phaseMillis: { checking: 1, planning: 1 },
  batches: [
    { database: 'sales', kind: 'schema', state: 'done', done: 10, total: 10 },
    { database: 'sales', kind: 'column', state: 'running', done: 0, total: 90 },
  ],
};

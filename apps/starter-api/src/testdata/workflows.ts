import { condition, defineSignal, proxyActivities, setHandler, defineQuery, workflowInfo } from '@temporalio/workflow';
import type {
  ExtractionProgress,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
} from '@tributary/workflow-contracts/sql-metadata';
import type { FixtureActivities } from './activities.js';

const { beat, fail, publish } = proxyActivities<FixtureActivities>({
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

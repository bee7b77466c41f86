import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { SqlMetadataActivities } from '../messages.js';

const { checkSource, publishRun } = proxyActivities<SqlMetadataActivities>({
  startToCloseTimeout: '5 minutes',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** extractSqlMetadata as a careless change would leave it: it plans nothing. Only replay.spec.ts runs it, and must refuse it. */
export async function extractSqlMetadata(input: never): Promise<unknown> {
  const run = { workflowId: '', runId: '', startedAt: 0, input };
  const { serverVersion, reports } = await checkSource(run);
  return publishRun({ run, finishedAt: 0, serverVersion, databases: [], reports });
}

/** The workflows of questions as a careless change would leave them: they ask something else first. */
export async function checkSqlSource(input: never): Promise<unknown> {
  return checkSource({ workflowId: '', runId: '', startedAt: 0, input });
}

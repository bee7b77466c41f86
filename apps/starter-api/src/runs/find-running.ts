import type { Client } from '@temporalio/client';
import { readMemo } from './run-memo.js';
import { extractSqlMetadataRun } from './run-types.js';
import { temporalCall } from './temporal-call.js';

/** Running extractions that are looked through; a namespace with more has them under ids of their connections. */
const LOOKED_THROUGH = 1_000;

/**
 * A running extraction of the connection, under whatever workflow id. Visibility follows by fractions of a second: two
 * starts within them, one with and one without an Idempotency-Key, may both go through. Each then publishes under keys
 * of its own.
 */
export async function findRunningExtraction(
  client: Client,
  connection: string,
): Promise<{ workflowId: string; runId: string } | undefined> {
  const query = `WorkflowType = '${extractSqlMetadataRun.name}' AND ExecutionStatus = 'Running'`;
  return temporalCall(client, async () => {
    let looked = 0;
    for await (const { workflowId, runId, memo } of client.workflow.list({ query, pageSize: LOOKED_THROUGH })) {
      if (readMemo(memo).connection === connection) return { workflowId, runId };
      if (++looked >= LOOKED_THROUGH) break;
    }
    return undefined;
  });
}

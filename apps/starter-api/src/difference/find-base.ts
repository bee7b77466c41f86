import type { Client } from '@temporalio/client';
import { isCodedError } from '@tributary/common';
import { RUN_UNKNOWN } from '../errors.js';
import { extractSqlMetadataRun } from '../run-types/extract-sql-metadata.js';
import { connectionWorkflowId } from '../runs/run-ids.js';
import { readLabels } from '../runs/run-memo.js';
import type { RunReader } from '../runs/run-reader.js';
import { runSearchAttributes } from '../runs/run-search-attributes.js';
import { temporalCall } from '../runs/temporal-call.js';

/** Runs that are looked through for the one before; only where search attributes do not lead to it. */
const LOOKED_THROUGH = 2_000;

export interface BaseRun {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * The latest completed extraction of the connection that had started before `startTime`; undefined when none is found.
 * @throws CodedError API_TEMPORAL_UNAVAILABLE
 */
export async function findRunBefore(client: Client, connection: string, { runId: own, startTime }: { readonly runId: string; readonly startTime: string }): Promise<BaseRun | undefined> {
  const attributes = await runSearchAttributes(client).known();
  // The grammar of qualified names has no quote. Runs of earlier versions have no attributes but ids of their connections.
  const narrowed = attributes ? ` AND (TributaryConnection = '${connection}' OR WorkflowId = '${connectionWorkflowId(connection)}')` : '';
  const query = `WorkflowType = '${extractSqlMetadataRun.name}' AND ExecutionStatus = 'Completed' AND StartTime < '${startTime}'${narrowed}`;
  return temporalCall(client, async () => {
    let looked = 0;
    for await (const { workflowId, runId, memo } of client.workflow.list({ query, pageSize: 100 })) {
      const isOfConnection = readLabels(memo).connection === connection || workflowId === connectionWorkflowId(connection);
      if (isOfConnection && runId !== own) return { workflowId, runId };
      if (++looked >= LOOKED_THROUGH) break;
    }
    return undefined;
  });
}

/**
 * The run of a run id: of the workflow id that is named, or of any other, which visibility then knows.
 * @throws CodedError RUN_UNKNOWN, API_TEMPORAL_UNAVAILABLE
 */
export async function findRunById(client: Client, reader: RunReader, workflowId: string, runId: string): Promise<BaseRun> {
  try {
    await reader.describe(workflowId, runId);
    return { workflowId, runId };
  } catch (error) {
    if (!isCodedError(error) || error.code !== RUN_UNKNOWN.code) throw error;
  }
  // Its schema lets hexadecimal digits and hyphens through alone.
  const query = `RunId = '${runId}' AND WorkflowType = '${extractSqlMetadataRun.name}'`;
  return temporalCall(client, async () => {
    for await (const found of client.workflow.list({ query, pageSize: 1 })) return { workflowId: found.workflowId, runId };
    throw RUN_UNKNOWN();
  });
}

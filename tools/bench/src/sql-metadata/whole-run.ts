import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectedClient } from '@tributary/clients/temporal';
import { inputFor, startBuiltApp, type BuiltApp, type TestStack } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';

/** The worker as it is deployed. */
export function startWorker(stack: TestStack, name: string): Promise<BuiltApp> {
  return startBuiltApp('sql-metadata-worker', {
    environment: stack.environment,
    portVariable: 'TRIBUTARY_HEALTH_PORT',
    logFile: join(stack.folder, `${name}.log`),
  });
}

/** One extraction from the call that starts it to its result, in milliseconds. */
export async function wholeRun(
  client: ConnectedClient,
  stack: TestStack,
  database: string,
): Promise<{ millis: number; entities: number; activities: number }> {
  const started = performance.now();
  const handle = await client.workflow.start(EXTRACT_SQL_METADATA, {
    taskQueue: SQL_METADATA_QUEUE,
    workflowId: randomUUID(),
    args: [inputFor(stack, database)],
  });
  const { entities } = (await handle.result()) as ExtractSqlMetadataResult;
  const millis = performance.now() - started;
  const { events } = await handle.fetchHistory();
  return {
    millis,
    entities: Object.values(entities).reduce((total, count) => total + count, 0),
    activities: (events ?? []).filter(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled).length,
  };
}

/** Largest resident set that the process has had, in bytes. */
export function peakBytes(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? Number.NaN) * 1024;
}

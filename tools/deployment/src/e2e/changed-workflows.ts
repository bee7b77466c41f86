// The next build: each workflow waits before it begins, so that no history of the other build can be replayed on it.
import { sleep } from '@temporalio/workflow';
import * as before from './workflows.js';

function changed<A extends unknown[], R>(workflow: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    await sleep(1);
    return workflow(...args);
  };
}

export const EtlFlow = changed(before.EtlFlow);
export const MockFlow = changed(before.MockFlow);
export const summarizeEvents = changed(before.summarizeEvents);
export const browseSqlSource = changed(before.browseSqlSource);
export const checkSqlSource = changed(before.checkSqlSource);
export const extractSqlMetadata = changed(before.extractSqlMetadata);
export const planSqlExtraction = changed(before.planSqlExtraction);
export const DatasetWorkflow = changed(before.DatasetWorkflow);
export const OrganizationWorkflow = changed(before.OrganizationWorkflow);
export const RepositoryWorkflow = changed(before.RepositoryWorkflow);
export const SourceWorkflow = changed(before.SourceWorkflow);

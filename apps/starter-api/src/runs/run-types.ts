import { etlFlowRun, mockFlowRun } from '../run-types/flows.js';
import { extractSqlMetadataRun } from '../run-types/extract-sql-metadata.js';
import type { RunType } from './run-type.js';

export const RUN_TYPES: readonly RunType[] = [extractSqlMetadataRun, etlFlowRun, mockFlowRun];

/** The run type of a workflow type, or undefined when the API has nothing to do with it. */
export function runTypeOf(workflowType: string): RunType | undefined {
  return RUN_TYPES.find(({ name }) => name === workflowType);
}
